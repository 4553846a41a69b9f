import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { type DecayOptions, decayParameter } from "./decay.ts";
import { createOptimizer, defineOptimizer, type Optimizer } from "./define-optimizer.ts";

export const lambOptimizer = defineOptimizer({
  type: "lamb",
  doc: "AdamW whose step is as long, in each array, as the array's own norm.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    ...adamParameters,
    eps: role.dynamic(z.number().positive()).default(1e-6),
    weightDecay: role.dynamic(z.number().min(0)).default(0.01),
    ...decayParameter,
  }),
});

export interface LambOptions extends Omit<AdamOptions, "eps">, DecayOptions {
  /** Added to the denominator. @defaultValue 1e-6 */
  readonly eps?: number;
  /** Share of each weight that is added to its update. @defaultValue 0.01 */
  readonly weightDecay?: number;
}

/**
 * LAMB (You and others, 2020), for large batches: Adam's update plus the decay, scaled to the norm of the weights.
 * Defaults are the paper's.
 *
 * @example lamb({ learningRate: warmupLinear({ peak: 2e-3, warmupSteps: 500 }), decay: "kernels" })
 */
export const lamb = (options: LambOptions = {}): Optimizer =>
  createOptimizer(lambOptimizer, options, "lamb", callSite(lamb));
