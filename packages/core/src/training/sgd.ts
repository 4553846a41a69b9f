import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const sgdOptimizer = defineOptimizer({
  type: "sgd",
  doc: "Stochastic gradient descent, with momentum where one is given.",
  learningRate: 0.01,
  parameters: z.strictObject({
    momentum: role.dynamic(z.number().min(0).lt(1)).optional(),
    nesterov: role.structure(z.boolean()).default(false),
  }),
  check: ({ momentum, nesterov }) =>
    nesterov && momentum === undefined ? "nesterov needs a momentum, for example 0.9" : undefined,
});

export interface SgdOptions {
  /** @defaultValue 0.01 */
  readonly learningRate?: LearningRate;
  /** Share of the last update that is kept, in [0, 1). Without it there is no momentum at all. */
  readonly momentum?: number;
  /** Looks ahead along the momentum (Nesterov, 1983). @defaultValue false */
  readonly nesterov?: boolean;
}

/** Stochastic gradient descent. */
export const sgd = (options: SgdOptions = {}): Optimizer =>
  createOptimizer(sgdOptimizer, options, "sgd", callSite(sgd));
