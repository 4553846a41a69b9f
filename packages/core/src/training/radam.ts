import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { createOptimizer, defineOptimizer, type Optimizer } from "./define-optimizer.ts";

export const radamOptimizer = defineOptimizer({
  type: "radam",
  doc: "Adam whose scale is left out until enough gradients are known to trust it.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    ...adamParameters,
    threshold: role.dynamic(z.number().min(4)).default(5),
  }),
});

export interface RadamOptions extends AdamOptions {
  /** Length of the approximated moving average from which on the scale is used, at least 4. @defaultValue 5 */
  readonly threshold?: number;
}

/**
 * Rectified Adam (Liu and others, 2020). Defaults are the paper's and PyTorch's; the length must reach `threshold`, where
 * PyTorch wants it above.
 *
 * @example radam({ learningRate: 1e-3 })
 */
export const radam = (options: RadamOptions = {}): Optimizer =>
  createOptimizer(radamOptimizer, options, "radam", callSite(radam));
