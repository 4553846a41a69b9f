import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type AdamOptions, adamParameters } from "./adam.ts";
import { createOptimizer, defineOptimizer, type Optimizer } from "./define-optimizer.ts";

export const adabeliefOptimizer = defineOptimizer({
  type: "adabelief",
  doc: "Adam scaled by how far gradients are from what was expected of them.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    ...adamParameters,
    eps: role.dynamic(z.number().positive()).default(1e-16),
    epsRoot: role.dynamic(z.number().min(0)).default(1e-16),
  }),
});

export interface AdabeliefOptions extends Omit<AdamOptions, "eps"> {
  /** Added to the denominator. @defaultValue 1e-16 */
  readonly eps?: number;
  /** Added to the mean of squares at every step. @defaultValue 1e-16 */
  readonly epsRoot?: number;
}

/**
 * AdaBelief (Zhuang and others, 2020): Adam's mean of squares is one of `gradient - mean`. Defaults are the paper's and
 * optax's.
 *
 * @example adabelief({ learningRate: 1e-3 })
 */
export const adabelief = (options: AdabeliefOptions = {}): Optimizer =>
  createOptimizer(adabeliefOptimizer, options, "adabelief", callSite(adabelief));
