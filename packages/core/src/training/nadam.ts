import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const nadamOptimizer = defineOptimizer({
  type: "nadam",
  doc: "Adam that looks ahead along its momentum.",
  learningRate: 2e-3,
  parameters: z.strictObject(adamParameters),
});

export interface NadamOptions extends AdamOptions {
  /** @defaultValue 2e-3 */
  readonly learningRate?: LearningRate;
}

/**
 * NAdam (Dozat, 2016) with a constant momentum, as optax has it: `b1 * mean + (1 - b1) * gradient`, each corrected for
 * its start, in place of Adam's mean. The learning rate is PyTorch's default.
 *
 * @example nadam({ learningRate: 1e-3 })
 */
export const nadam = (options: NadamOptions = {}): Optimizer =>
  createOptimizer(nadamOptimizer, options, "nadam", callSite(nadam));
