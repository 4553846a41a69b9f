import { callSite } from "@flaxen/errors";
import { z } from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import { role } from "../nodes/role.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem } from "./features.ts";
import { headParameters } from "./parameters.ts";
import type { Values } from "./values.ts";

export const regressionHead = defineHead({
  type: "regression",
  doc: "Numbers: mean squared error.",
  parameters: z.strictObject({
    outputs: role.shape(z.int().min(1)).default(1),
    ...headParameters(["mse"]),
  }),
  losses: ["mse"],
  metrics: ["rmse", "r2"],
  minimised: ["rmse"],
  featuresProblem,
  projection: ({ outputs }) => outputs,
  width: ({ outputs }) => outputs,
  target: ({ outputs }) => ({ role: "target", outputs }),
  read: (values) => values,
});

export type RegressionMetric = "rmse" | "r2";

export interface RegressionOptions<N, M> {
  /** Numbers per row. @defaultValue 1 */
  readonly outputs?: N;
  /** "rmse": root of the mean squared error, in the target's unit. "r2": share of the variance explained, at most 1. */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /** Mean squared error, over rows and outputs. */
  readonly loss?: "mse";
}

/** Numbers, from features `[batch, features]`: a projection, then the mean squared error. */
export const regression = <T, const N extends number = 1, const M extends RegressionMetric = never>(
  features: FeaturesFit<"head.regression", T>,
  options: RegressionOptions<N, M> = {},
): Head<ReportedBy<M>, Values<["batch", N]>> =>
  createHead(regressionHead, isTensor(features) ? nodeOf(features) : undefined, options, callSite(regression)) as Head<
    ReportedBy<M>,
    Values<["batch", N]>
  >;
