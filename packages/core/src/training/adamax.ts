import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const adamaxOptimizer = defineOptimizer({
  type: "adamax",
  doc: "Adam with the largest recent gradient in place of the mean of squares.",
  learningRate: 2e-3,
  parameters: z.strictObject(adamParameters),
});

export interface AdamaxOptions extends AdamOptions {
  /** @defaultValue 2e-3 */
  readonly learningRate?: LearningRate;
}

/**
 * Adamax (Kingma and Ba, 2015, section 7): the denominator is `max(b2 * last, |gradient| + eps)`. Defaults are the
 * paper's.
 *
 * @example adamax({ learningRate: 1e-3 })
 */
export const adamax = (options: AdamaxOptions = {}): Optimizer =>
  createOptimizer(adamaxOptimizer, options, "adamax", callSite(adamax));
