import type { LessThan, ShowDim } from "../shapes/index.ts";

/** What is told of one class against all others. */
type OfOneClass = OneClassMetric | "specificity";
export type OneClassMetric = "precision" | "recall" | "f1" | FBeta | "iou";
/** "f2", "f0.5": F-beta, where recall counts so many times as much as precision (van Rijsbergen, 1979). */
export type FBeta = `f${number}`;

export type ClassificationMetric =
  | "accuracy"
  | `top${number}`
  | "balancedAccuracy"
  | "macroPrecision"
  | "macroRecall"
  | "macroF1"
  | "meanIoU"
  | `${OfOneClass}:${number}`
  | "logLoss"
  | "brier"
  | "perplexity"
  | "calibrationError"
  | "sequenceAccuracy";

export const classificationMetrics: readonly string[] = [
  "accuracy",
  "top{k}",
  "balancedAccuracy",
  "macroPrecision",
  "macroRecall",
  "macroF1",
  "meanIoU",
  "precision:{class}",
  "recall:{class}",
  "specificity:{class}",
  "f1:{class}",
  "f{beta}:{class}",
  "iou:{class}",
  "logLoss",
  "brier",
  "perplexity",
  "calibrationError",
  "sequenceAccuracy",
];

/** Why a metric says nothing where there are so many classes. */
export const classMetricProblem = (metric: string, classes: number): string | undefined => {
  if (metric.startsWith("top") && Number(metric.slice(3)) >= classes)
    return `${metric} is always 1 with ${classes} classes; k must be below ${classes}`;
  const [, number] = metric.split(":");
  return number !== undefined && Number(number) >= classes
    ? `${metric} asks for class ${number}, but there are ${classes} classes, from 0 on`
    : undefined;
};

/** The sentence when a metric says nothing. */
type Misfit<M, N, Use extends string> = M extends `top${infer K extends number}`
  ? LessThan<K, N> extends false
    ? `${Use}: top${K} is always 1 with ${ShowDim<N>} classes; k must be below ${ShowDim<N>}`
    : never
  : M extends `${OfOneClass}:${infer K extends number}`
    ? LessThan<K, N> extends false
      ? `${Use}: ${M} asks for class ${K}, but there are ${ShowDim<N>} classes, from 0 on`
      : never
    : never;
export type MetricsFit<M, N, Use extends string = "head.classification"> = [Misfit<M, N, Use>] extends [never]
  ? unknown
  : Misfit<M, N, Use>;
