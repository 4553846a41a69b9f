import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import { role } from "../nodes/role.ts";
import { classMetricProblem, type MetricsFit, type OneClassMetric } from "./classification-metrics.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { logitsProblem, type RowFeaturesFit, rowFeaturesProblem } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { headParameters } from "./parameters.ts";
import { aboveHalf, type Labels } from "./values.ts";

const metrics = [
  "accuracy",
  "exactMatch",
  "hammingLoss",
  "microPrecision",
  "microRecall",
  "microF1",
  "macroPrecision",
  "macroRecall",
  "macroF1",
  "microIoU",
  "meanIoU",
  "precision:{class}",
  "recall:{class}",
  "f1:{class}",
  "f{beta}:{class}",
  "iou:{class}",
  "logLoss",
  "brier",
] as const;
export type MultiLabelMetric = Exclude<(typeof metrics)[number], `${string}:{class}`> | `${OneClassMetric}:${number}`;

const losses = ["bce", "focal"] as const;

export const multiLabelHead = defineHead({
  type: "multiLabel",
  doc: "Any number of `classes` for each row: a logit for each.",
  parameters: z.strictObject({
    classes: role.shape(z.int().min(1)),
    ...headParameters(losses),
    logits: role.structure(z.boolean()).default(false),
    posWeight: role.dynamic(z.number().positive()).optional(),
    gamma: role.dynamic(z.number().min(0)).optional(),
  }),
  losses,
  lossOptions: { bce: { posWeight: undefined }, focal: { gamma: 2, posWeight: undefined } },
  metrics,
  minimised: ["hammingLoss", "logLoss", "brier"],
  metricProblem: (metric, { classes }) => classMetricProblem(metric, classes),
  featuresProblem: (features, { classes, logits }) =>
    rowFeaturesProblem(features) ?? logitsProblem(features, logits, classes, `logits of ${classes} classes`),
  projection: ({ classes, logits }) => (logits ? undefined : classes),
  width: ({ classes }) => classes,
  target: ({ classes }) => ({ role: "labels", classes }),
  read: (probabilities) => ({ labels: aboveHalf(probabilities), probabilities }),
});

export interface MultiLabelOptions<N, M> {
  /** How many there are; a row of the data has 0 or 1 for each. */
  readonly classes: N;
  /**
   * - "accuracy": share of right answers over rows and classes; "hammingLoss": share of wrong ones; "exactMatch": share
   *   of the rows that are right in every class
   * - "microPrecision", "microRecall", "microF1", "microIoU": over all answers; "macro…", "meanIoU": mean over the classes
   *   that labels or answers name. NaN where none is. IoU is Jaccard's index
   * - "precision:2", "recall:2", "f1:2", "iou:2": of class 2; "f2:2", "f0.5:2" and so on are its F-beta
   * - "logLoss", "brier": mean over the classes of the cross-entropy, without weights, and of the squared distance of
   *   probability and label
   */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /** Mean over the classes of the sigmoid's cross-entropy; "focal" counts what is easy less. @defaultValue "bce" */
  readonly loss?: (typeof losses)[number] | OwnLoss<"multiLabel">;
  /** What the loss of answers that should be 1 is multiplied by. */
  readonly posWeight?: number;
  /** For "focal": the loss is multiplied by (1 - probability of the answer)^gamma. @defaultValue 2 */
  readonly gamma?: number;
  /** The tensor has one feature per class already: no projection is added. @defaultValue false */
  readonly logits?: boolean;
}

/**
 * Any number of `classes` for each row, from features `[batch, features]`: a projection, then a sigmoid for each class.
 *
 * @example head.multiLabel(features, { classes: 5, metrics: ["microF1"] }) // probabilities [batch, 5]
 */
export const multiLabel = <
  T,
  const N extends number,
  const M extends MultiLabelMetric | OwnMetric<string, "multiLabel"> = never,
>(
  features: RowFeaturesFit<"head.multiLabel", T>,
  options: MultiLabelOptions<N, M> & MetricsFit<M, N, "head.multiLabel">,
): Head<ReportedBy<M>, Labels<N>> =>
  createHead(multiLabelHead, isTensor(features) ? nodeOf(features) : undefined, options, callSite(multiLabel)) as Head<
    ReportedBy<M>,
    Labels<N>
  >;
