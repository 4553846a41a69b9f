import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import { role } from "../nodes/role.ts";
import type { FBeta } from "./classification-metrics.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem, logitsProblem, type PositionsOf, positionsOf } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { headParameters } from "./parameters.ts";
import { type RegionOptions, regionLosses, regionOptions, regionParameters, regionProblem } from "./regions.ts";
import { aboveHalf, type Binary } from "./values.ts";

const metrics = [
  "accuracy",
  "balancedAccuracy",
  "precision",
  "recall",
  "f1",
  "f{beta}",
  "specificity",
  "iou",
  "rocAuc",
  "prAuc",
  "logLoss",
  "brier",
  "calibrationError",
] as const;
export type BinaryMetric = Exclude<(typeof metrics)[number], "f{beta}"> | FBeta;

const losses = ["bce", "focal", "hinge", "squaredHinge", ...regionLosses] as const;

export const binaryHead = defineHead({
  type: "binary",
  doc: "Yes or no for each row, or for each position: one logit.",
  parameters: z.strictObject({
    ...headParameters(losses),
    logits: role.structure(z.boolean()).default(false),
    posWeight: role.dynamic(z.number().positive()).optional(),
    gamma: role.dynamic(z.number().min(0)).optional(),
    ...regionParameters,
  }),
  losses,
  lossOptions: { bce: { posWeight: undefined }, focal: { gamma: 2, posWeight: undefined }, ...regionOptions },
  positionLosses: regionLosses,
  metrics,
  minimised: ["logLoss", "brier", "calibrationError"],
  featuresProblem: (features, { logits, loss }) =>
    featuresProblem(features) ??
    logitsProblem(features, logits, 1, "logit of two classes") ??
    regionProblem(features, loss),
  projection: ({ logits }) => (logits ? undefined : 1),
  width: () => 1,
  target: (_, features) => ({
    role: "label",
    classes: 2,
    ...(features.shape.length > 2 && { shape: positionsOf(features) }),
  }),
  read: (probabilities) => ({ labels: aboveHalf(probabilities), probabilities }),
});

export interface BinaryOptions<M> extends RegionOptions {
  /**
   * - "accuracy", "balancedAccuracy", "precision", "recall", "specificity", "f1", "iou": of class 1, where a probability above one
   *   half says 1; "f2", "f0.5" and so on are F-beta, where recall counts so many times as much as precision
   * - "rocAuc", "prAuc": area under the ROC curve, and average precision. Logits are counted in 2,048 bins from -16 to
   *   16; within one bin they are equal, so "rocAuc" is off by half the share of (1, 0) pairs that share a bin, at most
   * - "logLoss", "brier": mean cross-entropy without weights, and mean squared distance of probability and label
   * - "calibrationError": distance of probability and label, in 15 bins
   */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /**
   * "bce": cross-entropy of the sigmoid; "focal" counts what is easy less (Lin et al., 2017); "hinge" and "squaredHinge":
   * max(0, 1 - margin), where the sigmoid is no probability. Where features have positions also "dice", "jaccard" and
   * "tversky": how little the positions that are 1 and their probabilities overlap in a row. @defaultValue "bce"
   */
  readonly loss?: (typeof losses)[number] | OwnLoss<"binary">;
  /** What the loss of rows of class 1 is multiplied by. For "bce" and "focal". */
  readonly posWeight?: number;
  /** For "focal": the loss is multiplied by (1 - probability of the label)^gamma. @defaultValue 2 */
  readonly gamma?: number;
  /** The tensor has one feature, the logit: no projection is added. @defaultValue false */
  readonly logits?: boolean;
}

/**
 * Yes (1) or no (0): a projection to one logit, then the cross-entropy of its sigmoid. From features `[batch, features]`
 * one for each row; from `[batch, …positions, features]` one for each position, whose label may be -1: not counted.
 *
 * @example head.binary(features, { metrics: ["rocAuc"] }) // [batch, 32] -> probabilities [batch]
 */
export const binary = <T, const M extends BinaryMetric | OwnMetric<string, "binary"> = never>(
  features: FeaturesFit<"head.binary", T>,
  options: BinaryOptions<M> = {},
): Head<ReportedBy<M>, Binary<PositionsOf<T>>> =>
  createHead(binaryHead, isTensor(features) ? nodeOf(features) : undefined, options, callSite(binary)) as Head<
    ReportedBy<M>,
    Binary<PositionsOf<T>>
  >;
