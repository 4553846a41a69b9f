import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const adagradOptimizer = defineOptimizer({
  type: "adagrad",
  doc: "Steps scaled by the sum of all squared gradients so far.",
  learningRate: 0.01,
  parameters: z.strictObject({
    initialAccumulator: role.dynamic(z.number().min(0)).default(0.1),
    eps: role.dynamic(z.number().positive()).default(1e-7),
  }),
});

export interface AdagradOptions {
  /** @defaultValue 0.01 */
  readonly learningRate?: LearningRate;
  /** What the sum of squares starts from. @defaultValue 0.1 */
  readonly initialAccumulator?: number;
  /** Added under the root of the denominator. @defaultValue 1e-7 */
  readonly eps?: number;
}

/**
 * Adagrad (Duchi, Hazan and Singer, 2011): `gradient / sqrt(sum of squares + eps)`. The learning rate is PyTorch's
 * default, the others are those of Keras.
 *
 * @example adagrad({ learningRate: 0.05 })
 */
export const adagrad = (options: AdagradOptions = {}): Optimizer =>
  createOptimizer(adagradOptimizer, options, "adagrad", callSite(adagrad));
