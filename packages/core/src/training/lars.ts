import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type DecayOptions, decayParameter } from "./decay.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const larsOptimizer = defineOptimizer({
  type: "lars",
  doc: "Momentum over gradients that are scaled, in each array, to the array's own norm.",
  learningRate: 1,
  parameters: z.strictObject({
    momentum: role.dynamic(z.number().min(0).lt(1)).default(0.9),
    nesterov: role.structure(z.boolean()).default(false),
    trustCoefficient: role.dynamic(z.number().positive()).default(1e-3),
    eps: role.dynamic(z.number().min(0)).default(0),
    weightDecay: role.dynamic(z.number().min(0)).default(1e-4),
    ...decayParameter,
  }),
});

export interface LarsOptions extends DecayOptions {
  /** At 1 a step without momentum changes an array by `trustCoefficient` of its norm. @defaultValue 1 */
  readonly learningRate?: LearningRate;
  /** Share of the last update that is kept. @defaultValue 0.9 */
  readonly momentum?: number;
  /** Looks ahead along the momentum. @defaultValue false */
  readonly nesterov?: boolean;
  /** Length of an array's update, as a share of its norm. @defaultValue 1e-3 */
  readonly trustCoefficient?: number;
  /** Added to the norm of the gradient. @defaultValue 0 */
  readonly eps?: number;
  /** Share of each weight that is added to its gradient. @defaultValue 1e-4 */
  readonly weightDecay?: number;
}

/**
 * LARS (You, Gitman and Ginsburg, 2017), for large batches. Defaults are the paper's and optax's; arrays that are zero are
 * not scaled.
 *
 * @example lars({ learningRate: warmupCosine({ peak: 10, warmupSteps: 500 }), decay: "kernels" })
 */
export const lars = (options: LarsOptions = {}): Optimizer =>
  createOptimizer(larsOptimizer, options, "lars", callSite(lars));
