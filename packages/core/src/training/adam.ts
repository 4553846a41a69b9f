import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

/** What Adam and AdamW share. */
export const adamParameters = {
  b1: role.dynamic(z.number().min(0).lt(1)).default(0.9),
  b2: role.dynamic(z.number().min(0).lt(1)).default(0.999),
  eps: role.dynamic(z.number().positive()).default(1e-8),
};

export const adamOptimizer = defineOptimizer({
  type: "adam",
  doc: "Steps scaled by running means of the gradient and of its square.",
  learningRate: 1e-3,
  parameters: z.strictObject(adamParameters),
});

export interface AdamOptions {
  /** @defaultValue 1e-3 */
  readonly learningRate?: LearningRate;
  /** Decay of the mean of gradients. @defaultValue 0.9 */
  readonly b1?: number;
  /** Decay of the mean of squared gradients. @defaultValue 0.999 */
  readonly b2?: number;
  /** Added to the denominator. @defaultValue 1e-8 */
  readonly eps?: number;
}

/** Adam (Kingma and Ba, 2015). */
export const adam = (options: AdamOptions = {}): Optimizer =>
  createOptimizer(adamOptimizer, options, "adam", callSite(adam));
