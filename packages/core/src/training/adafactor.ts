import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type DecayOptions, decayParameter } from "./decay.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const adafactorOptimizer = defineOptimizer({
  type: "adafactor",
  doc: "Adam in little memory: squares are kept as a row and a column of means.",
  learningRate: 0.01,
  parameters: z.strictObject({
    decayRate: role.dynamic(z.number().positive()).default(0.8),
    clippingThreshold: role.dynamic(z.number().positive()).default(1),
    relative: role.structure(z.boolean()).default(true),
    smallestFactored: role.structure(z.int().min(1)).default(128),
    eps: role.dynamic(z.number().positive()).default(1e-30),
    momentum: role.dynamic(z.number().min(0).lt(1)).optional(),
    weightDecay: role.dynamic(z.number().min(0)).optional(),
    ...decayParameter,
  }),
  check: ({ decay, weightDecay }) =>
    decay !== undefined && weightDecay === undefined ? "decay needs a weightDecay, for example 1e-4" : undefined,
});

export interface AdafactorOptions extends DecayOptions {
  /** @defaultValue 0.01 */
  readonly learningRate?: LearningRate;
  /** The mean of squares decays by `1 - step ** -decayRate`. @defaultValue 0.8 */
  readonly decayRate?: number;
  /** Root mean square that an array's update may have at most. @defaultValue 1 */
  readonly clippingThreshold?: number;
  /** Whether an array's update is multiplied by the root mean square of its weights. @defaultValue true */
  readonly relative?: boolean;
  /** Arrays whose second largest axis is shorter are not factored. @defaultValue 128 */
  readonly smallestFactored?: number;
  /** Added to squared gradients. @defaultValue 1e-30 */
  readonly eps?: number;
  /** Decay of a mean of updates. Without it there is none, which saves its memory. */
  readonly momentum?: number;
  /** Share of each weight that a step takes away, *not* times the learning rate. */
  readonly weightDecay?: number;
}

/**
 * Adafactor (Shazeer and Stern, 2018). Defaults are the paper's and optax's.
 *
 * @example adafactor({ learningRate: inverseSqrt({ peak: 0.01, warmupSteps: 1000 }) })
 */
export const adafactor = (options: AdafactorOptions = {}): Optimizer =>
  createOptimizer(adafactorOptimizer, options, "adafactor", callSite(adafactor));
