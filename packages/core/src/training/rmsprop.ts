import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const rmspropOptimizer = defineOptimizer({
  type: "rmsprop",
  doc: "Steps scaled by a running mean of the gradient's square.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    decay: role.dynamic(z.number().min(0).lt(1)).default(0.9),
    eps: role.dynamic(z.number().positive()).default(1e-7),
    momentum: role.dynamic(z.number().min(0).lt(1)).optional(),
  }),
});

export interface RmspropOptions {
  /** @defaultValue 1e-3 */
  readonly learningRate?: LearningRate;
  /** Decay of the mean of squared gradients. @defaultValue 0.9 */
  readonly decay?: number;
  /** Added under the root of the denominator. @defaultValue 1e-7 */
  readonly eps?: number;
  /** Share of the last update that is kept, in [0, 1). Without it there is no momentum at all. */
  readonly momentum?: number;
}

/**
 * RMSProp (Hinton, 2012): `gradient / sqrt(mean of squares + eps)`. Defaults are those of Keras; PyTorch has 1e-2, 0.99,
 * 1e-8, and adds eps outside of the root.
 *
 * @example rmsprop({ learningRate: 1e-3, momentum: 0.9 })
 */
export const rmsprop = (options: RmspropOptions = {}): Optimizer =>
  createOptimizer(rmspropOptimizer, options, "rmsprop", callSite(rmsprop));
