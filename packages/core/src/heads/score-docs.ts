const overlap =
  "Of sums of probabilities over a row's counted positions, for a class, the mean over several; a row counts once for each of these positions:";

/** A line on every loss that heads can minimise: of a row, or of each of its positions. */
export const lossDocs: Readonly<Record<string, string>> = {
  crossEntropy: "Softmax cross-entropy of the label.",
  focal: "Cross-entropy times (1 - probability of the answer)^gamma: what is easy counts less (Lin et al., 2017).",
  bce: "Cross-entropy of the sigmoid, the mean over the classes or values.",
  hinge: "max(0, 1 - margin), where labels are -1 and 1; the sigmoid of its logits is no probability.",
  squaredHinge: "max(0, 1 - margin)^2, where labels are -1 and 1; the sigmoid of its logits is no probability.",
  mse: "Mean of the squared errors; of scaled numbers, as every loss, where the data scales the target.",
  mae: "Mean of the absolute errors.",
  huber: "Mean of e^2 / 2 for errors e up to delta, and of delta * (|e| - delta / 2) beyond (Huber, 1964).",
  logCosh: "Mean of log(cosh(error)).",
  quantile: "Pinball loss: values become a quantile of the target's distribution (Koenker and Bassett, 1978).",
  mape: "Mean of the absolute error's share of the target, as a fraction. Not for scaled targets.",
  msle: "Mean of the squared differences of log(1 + x); values below 0 are taken for 0. Not for scaled targets.",
  poisson:
    "exp(x) - target * x: negative log-likelihood of counts but for what depends on the target alone. Not for scaled targets.",
  cosine: "1 - cosine of the angle between values and targets.",
  gaussianNll:
    "Mean of half of log(variance) + error^2 / variance: negative log-likelihood of a normal distribution but for a constant (Nix and Weigend, 1994). The variance is the softplus of a further output, plus 1e-6.",
  rmse: "Root of the mean of a row's squared errors: of several outputs the length of the error, by the root of their number.",
  kl: "Kullback-Leibler divergence of the predicted shares, a softmax, from the target's. Not for scaled targets.",
  js: "Jensen-Shannon divergence of the predicted shares, a softmax, and the target's: at most log 2. Not for scaled targets.",
  categoricalHinge:
    "max(0, 1 - lead of the label's logit over the largest other) (Crammer and Singer, 2001); the softmax of its logits is no probability.",
  dice: `${overlap} 1 - (2 * hits + smooth) / (2 * hits + wrong + missed + smooth) (Milletari et al., 2016).`,
  jaccard: `${overlap} 1 - (hits + smooth) / (hits + wrong + missed + smooth).`,
  tversky: `${overlap} 1 - (hits + smooth) / (hits + alpha * wrong + beta * missed + smooth) (Salehi et al., 2017).`,
};

/** A class occurs where a label or a prediction names it. */
const orNaN = "NaN where there is none.";
const absent = "NaN where neither a label nor a prediction is of the class, and 0 where only one of both is.";
const fBeta = (whose: string): string =>
  `Weighted harmonic mean of ${whose}precision and recall, where recall counts beta times as much: (1 + beta^2) * precision * recall / (beta^2 * precision + recall) (van Rijsbergen, 1979). beta is a number below 1000: f2, f0.5.`;
const noneAtAll = "NaN where no label and no answer is 1, and 0 where only labels or only answers are.";
const binned = "Logits are counted in 2,048 bins from -16 to 16, the last ones open.";

/** A line on every metric that heads can report: over rows, or over positions that count. */
export const metricDocs: Readonly<Record<string, string>> = {
  accuracy: "Share of right answers.",
  "top{k}": "Share of the rows whose label is among the k most probable classes.",
  balancedAccuracy: `Mean of the recalls of the classes that labels name, as in scikit-learn; ${orNaN}`,
  macroPrecision: `Mean of the precisions of the classes that occur; ${orNaN}`,
  macroRecall: `Mean of the recalls of the classes that occur; ${orNaN}`,
  macroF1: `Mean of the F1 scores of the classes that occur; ${orNaN}`,
  meanIoU: `Mean over the classes that occur of the intersection of labels and predictions, by their union; ${orNaN}`,
  "precision:{class}": `Share of the rows predicted to be of a class that are. ${absent}`,
  "recall:{class}": `Share of a class's rows that are predicted to be of it. ${absent}`,
  "specificity:{class}":
    "Share of the rows that are not of a class that are not predicted to be. NaN where all rows are of it, and predicted so.",
  "f1:{class}": `Harmonic mean of a class's precision and recall, the Dice coefficient. ${absent}`,
  "f{beta}:{class}": `${fBeta("a class's ")} ${absent}`,
  "iou:{class}": `Intersection of a class's labels and predictions, divided by their union: Jaccard's index. ${absent}`,
  logLoss: "Mean cross-entropy, without smoothing and weights.",
  perplexity: "Exponential of the mean cross-entropy.",
  bitsPerToken: "Mean cross-entropy of a token in bits: that in nats, divided by log 2.",
  bitsPerByte:
    "Cross-entropy of all tokens in bits, divided by the bytes of UTF-8 text that they stand for: it compares models with different tokens. For text in characters or byte pairs; a character that the training text lacks counts as one byte, what ends a text as none.",
  calibrationError: "Distance of confidence and accuracy, weighted over 15 bins of confidence (Guo et al., 2017).",
  sequenceAccuracy: "Share of the rows whose every counted position is right.",
  precision: `Share of the rows predicted to be 1 that are. ${absent}`,
  recall: `Share of the rows of class 1 that are predicted to be. ${absent}`,
  f1: `Harmonic mean of precision and recall, the Dice coefficient. ${absent}`,
  "f{beta}": `${fBeta("")} ${absent}`,
  specificity: `Share of the rows of class 0 that are predicted to be. ${absent}`,
  iou: `Intersection of what is 1 and what is predicted to be, divided by their union. ${absent}`,
  rocAuc: `Area under the receiver operating characteristic: how often a 1 has the higher logit than a 0. ${binned} It is off by half the share of pairs of a 1 and a 0 in one bin, at most. NaN where either is missing.`,
  prAuc: `Average precision over all thresholds. ${binned} No threshold lies within a bin. NaN where nothing is 1.`,
  brier:
    "Mean squared distance of probability and label (Brier, 1950): of class 1; in head.classification the sum over the classes, 0 to 2; in head.multiLabel their mean.",
  exactMatch: "Share of the rows that are right in every class.",
  hammingLoss: "Share of wrong answers over rows and classes.",
  microPrecision: `Share of all answers of 1 that are right. ${noneAtAll}`,
  microRecall: `Share of all labels of 1 that are answered. ${noneAtAll}`,
  microF1: `Harmonic mean of microPrecision and microRecall. ${noneAtAll}`,
  microIoU: `Answers of 1 that are right, divided by all that are 1 as label or as answer. ${noneAtAll}`,
  mse: "Mean squared error, in the square of the target's own unit, also where the data scales it.",
  rmse: "Root of the mean squared error, in the target's own unit, also where the data scales it.",
  mae: "Mean absolute error, in the target's own unit, also where the data scales it.",
  mape: "Mean of the absolute error's share of the target, as a fraction. Not for scaled targets.",
  smape:
    "Mean of the absolute error's share of the mean size of target and value, as a fraction from 0 to 2; 0 where both are 0. Not for scaled targets.",
  mase: "Mean absolute error divided by that of the naive forecast over the training rows, where each value is taken for the one before: mean |error| / mean |y_t - y_(t-1)| (Hyndman and Koehler, 2006). Below 1 is better than it; of several outputs the mean; NaN where the training targets never change. For features [batch, time, features].",
  r2: "Share of the target's variance that is explained, at most 1. NaN where targets are all alike.",
  explainedVariance:
    "Share of the target's variance that is explained but for a constant error. NaN where targets are all alike.",
  pearson: "Correlation of values and targets. NaN where either are all alike.",
  cosineSimilarity:
    "Mean cosine of the angle between values and targets of a row or position, -1 to 1. Not for scaled targets.",
};
