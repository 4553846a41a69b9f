import { squaredErrors } from "../losses/mse.ts";
import { type Expression, firstColumn } from "../python/tree.ts";
import type { MetricContext, Summand } from "./printer.ts";

/** A summand of each output: one number where there is only one. */
export const ofEachOutput = (name: string, matrix: Expression, outputs: number): Summand =>
  outputs === 1 ? { name, value: firstColumn(matrix), shape: [] } : { name, value: matrix, shape: [outputs] };

/** What rmse and r2 share. */
export const squaredErrorSum = (context: MetricContext): Summand =>
  ofEachOutput("squared_error", squaredErrors(context), context.outputs);
