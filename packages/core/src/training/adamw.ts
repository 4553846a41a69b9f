import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { type DecayOptions, decayParameter } from "./decay.ts";
import { createOptimizer, defineOptimizer, type Optimizer } from "./define-optimizer.ts";

export const adamwOptimizer = defineOptimizer({
  type: "adamw",
  doc: "Adam with decay of the weights apart from the gradient.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    ...adamParameters,
    weightDecay: role.dynamic(z.number().min(0)).default(1e-4),
    ...decayParameter,
  }),
});

export interface AdamwOptions extends AdamOptions, DecayOptions {
  /** Share of each weight that a step takes away, times the learning rate. @defaultValue 1e-4 */
  readonly weightDecay?: number;
}

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019). The decay's default is optax's; PyTorch has 0.01. */
export const adamw = (options: AdamwOptions = {}): Optimizer =>
  createOptimizer(adamwOptimizer, options, "adamw", callSite(adamw));
