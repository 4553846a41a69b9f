import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { Typed } from "../graph/tensor.ts";
import { role } from "../nodes/role.ts";
import { type Channels, type SameDim, type Shape, type Show, type ShowDim, show } from "../shapes/index.ts";
import {
  type ClassificationMetric,
  classificationMetrics,
  classMetricProblem,
  type MetricsFit,
} from "./classification-metrics.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem, logitsProblem, type PositionsOf, positionsOf } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { classWeights, headParameters } from "./parameters.ts";
import { type RegionOptions, regionLosses, regionOptions, regionParameters, regionProblem } from "./regions.ts";
import { type Classes, largest } from "./values.ts";

const losses = ["crossEntropy", "focal", "categoricalHinge", ...regionLosses] as const;

export const classificationHead = defineHead({
  type: "classification",
  doc: "One of `classes` for each row, or for each position: softmax cross-entropy.",
  parameters: z.strictObject({
    classes: role.shape(z.int().min(2)),
    ...headParameters(losses),
    logits: role.structure(z.boolean()).default(false),
    labelSmoothing: role.dynamic(z.number().min(0).lt(1)).optional(),
    classWeights,
    gamma: role.dynamic(z.number().min(0)).optional(),
    ...regionParameters,
  }),
  losses,
  lossOptions: {
    crossEntropy: { labelSmoothing: undefined, classWeights: undefined },
    focal: { gamma: 2, classWeights: undefined },
    categoricalHinge: { classWeights: undefined },
    ...regionOptions,
  },
  positionLosses: regionLosses,
  metrics: classificationMetrics,
  minimised: ["logLoss", "brier", "perplexity", "calibrationError"],
  metricProblem: (metric, { classes }) => classMetricProblem(metric, classes),
  parametersProblem: ({ classes, classWeights }) =>
    Array.isArray(classWeights) && classWeights.length !== classes
      ? `classWeights has ${classWeights.length} weights, but there are ${classes} classes`
      : undefined,
  featuresProblem: (features, { classes, logits, loss, metrics }) =>
    featuresProblem(features) ??
    logitsProblem(features, logits, classes, `logits of ${classes} classes`) ??
    regionProblem(features, loss) ??
    (metrics?.includes("sequenceAccuracy") && features.shape.length === 2
      ? `reports sequenceAccuracy for features [batch, ..., features], but its features are ${show(features.shape)}: use accuracy`
      : undefined),
  projection: ({ classes, logits }) => (logits ? undefined : classes),
  width: ({ classes }) => classes,
  target: ({ classes, classWeights }, features) => ({
    role: "label",
    classes,
    ...(features.shape.length > 2 && { shape: positionsOf(features) }),
    ...(classWeights === "balanced" && { balanced: true as const }),
  }),
  read: (probabilities) => ({ labels: largest(probabilities), probabilities }),
});

export interface ClassificationOptions<N, M, L> extends RegionOptions {
  /** How many there are; labels are 0 to `classes - 1`. A position whose label is -1 does not count. */
  readonly classes: N;
  /**
   * - "accuracy"; "top5" counts a row when its label is among the five most probable; "balancedAccuracy": mean recall
   *   of the classes that labels name
   * - "macroPrecision", "macroRecall", "macroF1", "meanIoU": means over the classes that occur in labels or predictions.
   *   NaN where none does, as "recall:3" and the like where their class does not
   * - "precision:2", "recall:2", "specificity:2", "f1:2", "iou:2": of class 2 against all others; "f2:2", "f0.5:2" and so on
   *   are its F-beta, where recall counts so many times as much as precision. F1 is the Dice coefficient, "iou" Jaccard's. Over all rows together precision, recall and F1 are the accuracy
   * - "logLoss": mean cross-entropy without smoothing and class weights; "perplexity": its exponential; "brier": squared
   *   distance of the probabilities and the label, summed over the classes: 0 to 2
   * - "calibrationError": distance of confidence and accuracy, in 15 bins (Guo et al., 2017)
   * - "sequenceAccuracy": share of the rows whose every counted position is right
   */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /**
   * Cross-entropy of the softmax; "focal" counts what is easy less (Lin et al., 2017); "categoricalHinge": max(0, 1 - the
   * label's logit's lead over the largest other), where the softmax is no probability. Where features have positions
   * also "dice", "jaccard" and "tversky": how little the positions of a class and their probabilities overlap in a row,
   * the mean over the classes. @defaultValue "crossEntropy"
   */
  readonly loss?: (typeof losses)[number] | OwnLoss<"classification">;
  /** Share of the target that is spread over all classes (Szegedy et al., 2016), in [0, 1). For "crossEntropy". */
  readonly labelSmoothing?: number;
  /**
   * What the loss of a row is multiplied by, by its class. "balanced": rows / (classes * rows of the class), fitted on
   * the training rows, as in scikit-learn.
   */
  readonly classWeights?: readonly number[] | "balanced";
  /** For "focal": the loss is multiplied by (1 - probability of the label)^gamma. @defaultValue 2 */
  readonly gamma?: number;
  /** The tensor has one feature per class already: no projection is added. @defaultValue false */
  readonly logits?: L;
}

/** The sentence when logits do not have one feature per class. */
type LogitsFit<T, N, L> = L extends true
  ? T extends Typed<infer S extends Shape>
    ? SameDim<Channels<S>, N> extends false
      ? `head.classification needs ${ShowDim<N>} features for the logits of ${ShowDim<N>} classes, but ${Show<S>} has ${ShowDim<Channels<S>>}`
      : unknown
    : unknown
  : unknown;

/**
 * One of `classes`: a projection, then softmax cross-entropy. From features `[batch, features]` one for each row; from
 * `[batch, …positions, features]` one for each position (tags of words, classes of pixels), whose label may be -1: not
 * counted.
 *
 * @example head.classification(ids.embedding({ vocab: 100, features: 16 }), { classes: 5 }) // [batch, time, 5]
 */
export const classification = <
  T,
  const N extends number,
  const M extends ClassificationMetric | OwnMetric<string, "classification"> = never,
  const L extends boolean = false,
>(
  features: FeaturesFit<"head.classification", T>,
  options: ClassificationOptions<N, M, L> & LogitsFit<T, N, L> & MetricsFit<M, N>,
): Head<ReportedBy<M>, Classes<N, PositionsOf<T>>> =>
  createHead(
    classificationHead,
    isTensor(features) ? nodeOf(features) : undefined,
    options,
    callSite(classification),
  ) as Head<ReportedBy<M>, Classes<N, PositionsOf<T>>>;
