import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type DecayOptions, decayParameter } from "./decay.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const lionOptimizer = defineOptimizer({
  type: "lion",
  doc: "Steps of one size, in the direction of the sign of a running mean.",
  learningRate: 1e-4,
  parameters: z.strictObject({
    b1: role.dynamic(z.number().min(0).lt(1)).default(0.9),
    b2: role.dynamic(z.number().min(0).lt(1)).default(0.99),
    weightDecay: role.dynamic(z.number().min(0)).default(1e-3),
    ...decayParameter,
  }),
});

export interface LionOptions extends DecayOptions {
  /** A third to a tenth of what AdamW would have. @defaultValue 1e-4 */
  readonly learningRate?: LearningRate;
  /** Share of the mean in the direction of a step. @defaultValue 0.9 */
  readonly b1?: number;
  /** Decay of the mean. @defaultValue 0.99 */
  readonly b2?: number;
  /** Share of each weight that a step takes away, times the learning rate. @defaultValue 1e-3 */
  readonly weightDecay?: number;
}

/**
 * Lion (Chen and others, 2023): `sign(b1 * mean + (1 - b1) * gradient)`. Defaults are the paper's, the decay is optax's.
 *
 * @example lion({ learningRate: 3e-5, weightDecay: 0.1, decay: "kernels" })
 */
export const lion = (options: LionOptions = {}): Optimizer =>
  createOptimizer(lionOptimizer, options, "lion", callSite(lion));
