import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import { role } from "../nodes/role.ts";
import { type Shape, show, type Value } from "../shapes/index.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem, type PositionsOf } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { headParameters } from "./parameters.ts";
import { type Gaussian, gaussianOf, type Values } from "./values.ts";

const losses = [
  "mse",
  "mae",
  "rmse",
  "huber",
  "logCosh",
  "quantile",
  "mape",
  "msle",
  "poisson",
  "cosine",
  "gaussianNll",
  "kl",
  "js",
] as const;
const metrics = [
  "mse",
  "rmse",
  "mae",
  "mape",
  "smape",
  "mase",
  "r2",
  "explainedVariance",
  "pearson",
  "cosineSimilarity",
] as const;
export type RegressionMetric = (typeof metrics)[number];

/** A mean and a variance for each output, or a number. */
const width = ({ loss, outputs }: { readonly loss: unknown; readonly outputs: number }): number =>
  loss === "gaussianNll" ? 2 * outputs : outputs;

/** Why a loss needs several outputs. */
const ofSeveral = (loss: string): string | undefined => {
  if (loss === "cosine") return "the loss cosine compares directions, so outputs must be at least 2";
  return loss === "kl" || loss === "js"
    ? `the loss ${loss} compares distributions, so outputs must be at least 2`
    : undefined;
};

/** The naive forecast needs a position before. */
const maseProblem = ({ shape }: Value, metrics: readonly unknown[] | undefined): string | undefined =>
  metrics?.includes("mase") && (shape.length !== 3 || shape[1] === 1)
    ? `reports mase for features [batch, time, features], two positions or more, but its features are ${show(shape)}: use mae`
    : undefined;

export const regressionHead = defineHead({
  type: "regression",
  doc: "Numbers for each row, or for each position: mean squared error.",
  parameters: z.strictObject({
    outputs: role.shape(z.int().min(1)).default(1),
    ...headParameters(losses),
    delta: role.dynamic(z.number().positive()).optional(),
    quantile: role.dynamic(z.number().gt(0).lt(1)).optional(),
  }),
  losses,
  lossOptions: { huber: { delta: 1 }, quantile: { quantile: 0.5 } },
  metrics,
  minimised: ["mse", "rmse", "mae", "mape", "smape", "mase"],
  metricProblem: (metric, { outputs }) =>
    metric === "cosineSimilarity" && outputs < 2
      ? "the metric cosineSimilarity compares directions, so outputs must be at least 2"
      : undefined,
  parametersProblem: ({ loss, outputs }) => (outputs < 2 && typeof loss === "string" ? ofSeveral(loss) : undefined),
  featuresProblem: (features, { loss, outputs, metrics }) =>
    featuresProblem(features) ??
    maseProblem(features, metrics) ??
    (loss === "rmse" && outputs === 1 && features.shape.length === 2
      ? 'minimises the root of the mean of a row\'s squared errors, but of 1 output that is the loss "mae". For the root over all rows minimise "mse", whose minimum is the same, and report the metric "rmse"'
      : undefined),
  projection: width,
  width,
  target: ({ outputs, metrics }, { shape }) => ({
    role: "target",
    outputs,
    ...(shape.length > 2 && { shape: [...shape.slice(1, -1), outputs] }),
    ...(metrics?.includes("mase") && { naive: true as const }),
  }),
  read: (values, { loss }) => (loss === "gaussianNll" ? gaussianOf(values) : values),
});

export interface RegressionOptions<N, M, L = (typeof losses)[number] | OwnLoss<"regression">> {
  /** Numbers per row, or per position. @defaultValue 1 */
  readonly outputs?: N;
  /**
   * - "rmse", "mae": root of the mean squared and mean absolute error, in the target's own unit, also where the data
   *   scales it; "mse": the mean squared error in the square of that unit
   * - "mape": mean of the absolute error's share of the target; "smape": of the mean size of target and value, 0 to 2.
   *   Fractions, not percentages; the target may not be scaled
   * - "mase", of features `[batch, time, features]`: mean absolute error divided by that of the naive forecast, the value
   *   one position before, over the training rows (Hyndman and Koehler, 2006); below 1 is better than it
   * - "r2": share of the variance explained, at most 1; "explainedVariance": the same but for a constant error;
   *   "pearson": correlation of values and targets. Means over the outputs; NaN where one has no spread
   * - "cosineSimilarity": mean cosine of the angle between values and targets, of 2 outputs or more that are not scaled
   */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /**
   * Of each row the mean over its outputs and positions, of the error e = value - target; where the data scales the
   * target, of scaled numbers:
   *
   * - "mse" e^2; "mae" |e|; "rmse" the root of the row's mean of e^2; "huber" e^2 / 2 up to `delta`, then straight (Huber, 1964); "logCosh" log(cosh(e))
   * - "quantile": values become the `quantile` of the target's distribution
   * - "mape" |e| / |target|; "msle" squared difference of log(1 + x), values below 0 taken for 0; neither for scaled targets
   * - "poisson", not for scaled targets: these are counts, and `predict` gives their expected value, the exponential of the projection
   * - "cosine": 1 - cosine of the angle between values and targets
   * - "gaussianNll": the projection gives a mean and a variance for each output, and `predict` both. Half of
   *   log(variance) + e^2 / variance, with e = mean - target (Nix and Weigend, 1994): what is hard to tell counts less
   * - "kl", "js", not for scaled targets: these are shares that sum to 1, and `predict` gives the softmax of the
   *   projection. Kullback and Leibler's divergence of the predicted from the target's, and Jensen and Shannon's
   *
   * @defaultValue "mse"
   */
  readonly loss?: L;
  /** For "huber": where the parabola ends. @defaultValue 1 */
  readonly delta?: number;
  /** For "quantile": which, between 0 and 1. @defaultValue 0.5 */
  readonly quantile?: number;
}

type Predicted<L, S extends Shape> = L extends "gaussianNll" ? Gaussian<S> : Values<S>;

/**
 * Numbers: a projection, then the mean squared error. From features `[batch, features]` for each row; from
 * `[batch, …positions, features]` for each position.
 *
 * @example head.regression(features, { outputs: 2, loss: "huber" }) // [batch, 64] -> [batch, 2]
 */
export const regression = <
  T,
  const N extends number = 1,
  const M extends RegressionMetric | OwnMetric<string, "regression"> = never,
  const L extends (typeof losses)[number] | OwnLoss<"regression"> = "mse",
>(
  features: FeaturesFit<"head.regression", T>,
  options: RegressionOptions<N, M, L> = {},
): Head<ReportedBy<M>, Predicted<L, ["batch", ...PositionsOf<T>, N]>> =>
  createHead(regressionHead, isTensor(features) ? nodeOf(features) : undefined, options, callSite(regression)) as Head<
    ReportedBy<M>,
    Predicted<L, ["batch", ...PositionsOf<T>, N]>
  >;
