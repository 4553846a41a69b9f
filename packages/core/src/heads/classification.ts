import { callSite } from "@flaxen/errors";
import { z } from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { Typed } from "../graph/tensor.ts";
import { role } from "../nodes/role.ts";
import {
  type Channels,
  type LessThan,
  type SameDim,
  type Shape,
  type Show,
  type ShowDim,
  show,
} from "../shapes/index.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import type { FeaturesFit } from "./features.ts";
import { featuresProblem } from "./features.ts";
import { headParameters } from "./parameters.ts";
import { type Classes, largest } from "./values.ts";

export const classificationHead = defineHead({
  type: "classification",
  doc: "One of `classes`: softmax cross-entropy.",
  parameters: z.strictObject({
    classes: role.shape(z.int().min(2)),
    ...headParameters(["crossEntropy"]),
    logits: role.structure(z.boolean()).default(false),
    labelSmoothing: role.dynamic(z.number().min(0).lt(1)).optional(),
  }),
  losses: ["crossEntropy"],
  metrics: ["accuracy", "top{k}"],
  minimised: [],
  metricProblem: (metric, { classes }) =>
    metric.startsWith("top") && Number(metric.slice(3)) >= classes
      ? `${metric} is always 1 with ${classes} classes; k must be below ${classes}`
      : undefined,
  featuresProblem: (features, { classes, logits }) => {
    const channels = features.shape.at(-1);
    return (
      featuresProblem(features) ??
      (logits && channels !== classes
        ? `needs ${classes} features for the logits of ${classes} classes, but ${show(features.shape)} has ${channels}`
        : undefined)
    );
  },
  projection: ({ classes, logits }) => (logits ? undefined : classes),
  width: ({ classes }) => classes,
  target: ({ classes }) => ({ role: "label", classes }),
  read: (probabilities) => ({ labels: largest(probabilities), probabilities }),
});

export type ClassificationMetric = "accuracy" | `top${number}`;

export interface ClassificationOptions<N, M, L> {
  /** How many there are; labels are 0 to `classes - 1`. */
  readonly classes: N;
  /** "accuracy"; "top5" counts a row when its label is among the five most probable. */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /** Share of the target that is spread over all classes (Szegedy et al., 2016), in [0, 1). */
  readonly labelSmoothing?: number;
  /** The tensor has one feature per class already: no projection is added. @defaultValue false */
  readonly logits?: L;
  /** Cross-entropy of the softmax. */
  readonly loss?: "crossEntropy";
}

/** The sentence when logits do not have one feature per class. */
type LogitsFit<T, N, L> = L extends true
  ? T extends Typed<infer S extends Shape>
    ? SameDim<Channels<S>, N> extends false
      ? `head.classification needs ${ShowDim<N>} features for the logits of ${ShowDim<N>} classes, but ${Show<S>} has ${ShowDim<Channels<S>>}`
      : unknown
    : unknown
  : unknown;

/** The sentence when a top-k metric counts every row. */
type TopFit<M, N> = M extends `top${infer K extends number}`
  ? LessThan<K, N> extends false
    ? `head.classification: top${K} is always 1 with ${ShowDim<N>} classes; k must be below ${ShowDim<N>}`
    : never
  : never;
type MetricsFit<M, N> = [TopFit<M, N>] extends [never] ? unknown : TopFit<M, N>;

/** One of `classes`, from features `[batch, features]`: a projection, then softmax cross-entropy. */
export const classification = <
  T,
  const N extends number,
  const M extends ClassificationMetric = never,
  const L extends boolean = false,
>(
  features: FeaturesFit<"head.classification", T>,
  options: ClassificationOptions<N, M, L> & LogitsFit<T, N, L> & MetricsFit<M, N>,
): Head<ReportedBy<M>, Classes<N>> =>
  createHead(
    classificationHead,
    isTensor(features) ? nodeOf(features) : undefined,
    options,
    callSite(classification),
  ) as Head<ReportedBy<M>, Classes<N>>;
