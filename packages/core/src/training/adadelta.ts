import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const adadeltaOptimizer = defineOptimizer({
  type: "adadelta",
  doc: "Steps scaled by running means of the squares of gradients and of updates.",
  learningRate: 1,
  parameters: z.strictObject({
    rho: role.dynamic(z.number().min(0).lt(1)).default(0.9),
    eps: role.dynamic(z.number().positive()).default(1e-6),
  }),
});

export interface AdadeltaOptions {
  /** The paper has none, which is 1. @defaultValue 1 */
  readonly learningRate?: LearningRate;
  /** Decay of both means. @defaultValue 0.9 */
  readonly rho?: number;
  /** Added under both roots. @defaultValue 1e-6 */
  readonly eps?: number;
}

/**
 * Adadelta (Zeiler, 2012): `gradient * sqrt(mean of squared updates + eps) / sqrt(mean of squared gradients + eps)`.
 * Defaults are those of PyTorch.
 *
 * @example adadelta({ rho: 0.95 })
 */
export const adadelta = (options: AdadeltaOptions = {}): Optimizer =>
  createOptimizer(adadeltaOptimizer, options, "adadelta", callSite(adadelta));
