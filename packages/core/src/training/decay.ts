import * as z from "zod";
import { role } from "../nodes/role.ts";

/** Which weights decay: what optimizers with weight decay share. */
export const decayParameter = { decay: role.structure(z.enum(["all", "kernels"])).optional() };

export interface DecayOptions {
  /**
   * "kernels" lets only weights of two and more axes decay, as nanoGPT does: neither biases nor the scales of norms.
   * optax and PyTorch let all of them. @defaultValue "all"
   */
  readonly decay?: "all" | "kernels";
}
