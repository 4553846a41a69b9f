import { type AnyHead, graph, head, type IntTensor, type Tensor } from "@flaxen/core";

/** A head over features that are its own input, so that its logits or values are whatever a test wants. */
export interface Case {
  /** Of one row. */
  readonly features: readonly number[];
  readonly head: (features: any, ids: IntTensor<any>) => AnyHead;
  /** What the head reads of its input. @defaultValue the input itself */
  readonly through?: (input: any, ids: IntTensor<any>) => Tensor<any>;
  /** Numbers from 0 to 1. */
  readonly unit?: true;
  /** Counts and the like, 0 or more. */
  readonly counts?: true;
  /** Targets sum to 1. */
  readonly shares?: true;
  /** What is wrong with numbers near 10,000: for a maximum, that it has no slope where two are equal; for variances of several outputs, that differences of their sum see only the largest. */
  readonly notFar?: true;
}

const classMetrics = [
  "accuracy",
  "top2",
  "balancedAccuracy",
  "macroPrecision",
  "macroRecall",
  "macroF1",
  "meanIoU",
  "precision:1",
  "recall:1",
  "specificity:2",
  "f1:0",
  "f0.5:1",
  "f2:1",
  "f1.3:0",
  "iou:3",
  "logLoss",
  "brier",
  "perplexity",
  "calibrationError",
] as const;
const binaryMetrics = [
  "accuracy",
  "balancedAccuracy",
  "precision",
  "recall",
  "f1",
  "f0.5",
  "f2",
  "f0.7",
  "specificity",
  "iou",
  "rocAuc",
  "prAuc",
  "logLoss",
  "brier",
  "calibrationError",
] as const;
const labelMetrics = [
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
  "precision:1",
  "recall:0",
  "f1:2",
  "f0.5:1",
  "f2:1",
  "f1.3:0",
  "iou:2",
  "logLoss",
  "brier",
] as const;
const numberMetrics = ["mse", "rmse", "mae", "mape", "smape", "r2", "explainedVariance", "pearson"] as const;

const classes = (features: readonly number[], options: object = {}, more: Partial<Case> = {}): Case => ({
  features,
  head: (x) => head.classification(x, { classes: features.at(-1)!, logits: true, ...options }),
  ...more,
});
const yes = (features: readonly number[], options: object = {}): Case => ({
  features,
  head: (x) => head.binary(x, { logits: true, ...options }),
});
const any = (features: readonly number[], options: object = {}): Case => ({
  features,
  head: (x) => head.multiLabel(x, { classes: features[0]!, logits: true, ...options }),
});
const numbers = (features: readonly number[], options: object = {}, more: Partial<Case> = {}): Case => ({
  features,
  head: (x) => head.regression(x, { outputs: features.at(-1)!, ...options }),
  ...more,
});
const again = (options: object = {}, more: Partial<Case> = {}): Case => ({
  features: [2, 3],
  head: (x) => head.reconstruction(x, { of: "againIn", ...options }),
  through: (x) => x.tanh(),
  notFar: true,
  ...more,
});
const next = (options: object = {}): Case => ({
  features: [6, 5],
  head: (x, ids) => head.nextToken(x, { of: ids, vocab: 5, logits: true, ...options }),
  through: (x, ids) => x.add(ids.embedding({ vocab: 5, features: 5 })),
});

/** Every loss, every metric, over rows and over positions. */
export const cases: Readonly<Record<string, Case>> = {
  kind: classes([5], { metrics: classMetrics }),
  kindSmooth: classes([5], { labelSmoothing: 0.2, metrics: ["logLoss", "perplexity"] }),
  kindWeighted: classes([3], { classWeights: [0.5, 2, 0], metrics: ["accuracy", "logLoss"] }),
  kindBalanced: classes([4], { classWeights: "balanced", weight: 0.25 }),
  kindFocal: classes([4], { loss: "focal", metrics: ["logLoss"] }),
  kindFocalFlat: classes([4], { loss: "focal", gamma: 0.5 }),
  kindFocalZero: classes([4], { loss: "focal", gamma: 0, classWeights: [1, 2, 3, 4] }),
  tag: classes([6, 5], { metrics: [...classMetrics, "sequenceAccuracy"], weight: 2 }),
  tagBalanced: classes([6, 4], { classWeights: "balanced", labelSmoothing: 0.1, metrics: ["perplexity"] }),
  tagFocal: classes([6, 3], { loss: "focal" }),
  kindHinge: classes([4], { loss: "categoricalHinge", metrics: ["accuracy"] }, { notFar: true }),
  kindHingeOfTwo: classes([2], { loss: "categoricalHinge", classWeights: [2, 0.5] }),
  tagHinge: classes([6, 3], { loss: "categoricalHinge" }, { notFar: true }),
  tagDice: classes([6, 4], { loss: "dice", weight: 0.5, metrics: ["accuracy"] }),
  pixelDice: classes([3, 2, 3], { loss: "dice", smooth: 0.1 }),
  pixelJaccard: classes([3, 2, 4], { loss: "jaccard", metrics: ["meanIoU"] }),
  pixelTversky: classes([3, 2, 3], { loss: "tversky" }),
  pixel: classes([3, 2, 4], { metrics: ["accuracy", "top3", "meanIoU", "sequenceAccuracy"] }),
  same: yes([1], { metrics: binaryMetrics }),
  sameWeighted: yes([1], { posWeight: 3, metrics: ["logLoss"] }),
  sameFocal: yes([1], { loss: "focal", metrics: ["logLoss"] }),
  sameFocalZero: yes([1], { loss: "focal", gamma: 0, posWeight: 2 }),
  sameHinge: yes([1], { loss: "hinge", metrics: ["accuracy"] }),
  sameSquaredHinge: yes([1], { loss: "squaredHinge" }),
  inside: yes([3, 4, 1], { metrics: binaryMetrics }),
  insideFocal: yes([4, 1], { loss: "focal", gamma: 0.5 }),
  insideDice: yes([3, 4, 1], { loss: "dice", metrics: ["iou"] }),
  insideJaccard: yes([4, 1], { loss: "jaccard", smooth: 2 }),
  insideTversky: yes([3, 4, 1], { loss: "tversky", alpha: 0.6, beta: 0.2, smooth: 0.5 }),
  topics: any([4], { metrics: labelMetrics }),
  topicsWeighted: any([3], { posWeight: 0.5, metrics: ["logLoss"] }),
  topicsFocal: any([3], { loss: "focal", gamma: 1 }),
  price: numbers([1], { metrics: numberMetrics }),
  prices: numbers([3], { metrics: [...numberMetrics, "cosineSimilarity"], loss: "mae" }),
  grid: numbers([2, 3, 2], { metrics: [...numberMetrics, "cosineSimilarity"] }),
  line: numbers([5, 1], { metrics: [...numberMetrics, "mase"], loss: "mae" }),
  lines: numbers([4, 3], { metrics: ["mase", "mae"] }),
  huber: numbers([3], { loss: "huber" }),
  huberWide: numbers([2, 3], { loss: "huber", delta: 2.5 }),
  logCosh: numbers([3], { loss: "logCosh" }),
  quantile: numbers([3], { loss: "quantile", quantile: 0.9 }),
  mape: numbers([2], { loss: "mape" }),
  msle: numbers([2], { loss: "msle" }, { counts: true }),
  poisson: numbers([2], { loss: "poisson", metrics: ["rmse", "r2"] }, { counts: true, notFar: true }),
  rmse: numbers([3], { loss: "rmse", metrics: ["rmse"] }),
  rmses: numbers([5, 1], { loss: "rmse" }),
  gauss: numbers([2], { outputs: 1, loss: "gaussianNll", metrics: numberMetrics }),
  gausses: numbers([4], { outputs: 2, loss: "gaussianNll", metrics: numberMetrics, weight: 0.5 }, { notFar: true }),
  gaussLine: numbers([3, 4], { outputs: 2, loss: "gaussianNll", metrics: ["rmse", "r2"] }, { notFar: true }),
  kl: numbers([4], { loss: "kl", metrics: ["mae"] }, { shares: true }),
  kls: numbers([3, 2], { loss: "kl" }, { shares: true }),
  js: numbers([4], { loss: "js", metrics: ["rmse"] }, { shares: true }),
  jss: numbers([2, 3], { loss: "js" }, { shares: true }),
  cosine: numbers([3], { loss: "cosine" }),
  cosines: numbers([2, 3], { loss: "cosine" }),
  again: again({ metrics: ["mse", "rmse", "mae"] }),
  againBce: again({ of: "againBceIn", loss: "bce", metrics: ["rmse"] }, { unit: true }),
  next: next({ metrics: ["accuracy", "sequenceAccuracy", "top2", "perplexity", "bitsPerToken", "logLoss"] }),
  nextSmooth: next({ labelSmoothing: 0.1, metrics: ["perplexity", "bitsPerToken"] }),
};

export const ids = graph.input("ids", [6], { dtype: "int" });
