/** Rows for two linear heads: two numbers each, and one of three kinds. */
export const rows = 24;
export const features = 4;
export const outputs = 2;
export const kinds = 3;

const wave = (i: number, step: number) => Math.fround(Math.sin(i * step) * 1.5);
export const x = Float32Array.from({ length: rows * features }, (_, i) => wave(i, 1.7));
export const value = Float32Array.from({ length: rows * outputs }, (_, i) => Math.fround(3 * wave(i, 0.9) + 2));
export const kind = Array.from({ length: rows }, (_, i) => (x[i * features]! > 0.4 ? 2 : i % 2));

/** All weights, one number after another: the kernel [features, width] and the bias [width] of each head. */
export type Weights = readonly number[];
export const sizes = {
  "value/kernel": features * outputs,
  "value/bias": outputs,
  "kind/kernel": features * kinds,
  "kind/bias": kinds,
} as const;

export interface Losses {
  readonly valueWeight: number;
  readonly kindWeight: number;
  readonly labelSmoothing: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const indices = (length: number) => Array.from({ length }, (_, i) => i);

/** One head's outputs for a row. */
const linear = (weights: Weights, at: number, width: number, row: number): readonly number[] =>
  indices(width).map(
    (j) =>
      weights[at + features * width + j]! +
      sum(indices(features).map((i) => x[row * features + i]! * weights[at + i * width + j]!)),
  );

/** Mean loss of all rows and its gradient, by the formulas of least squares and of softmax cross-entropy. */
export const lossAndGradient = (
  weights: Weights,
  { valueWeight, kindWeight, labelSmoothing }: Losses,
): { readonly loss: number; readonly gradient: number[] } => {
  const gradient = weights.map(() => 0);
  const kindAt = sizes["value/kernel"] + sizes["value/bias"];
  let loss = 0;
  const backward = (at: number, width: number, row: number, slopes: readonly number[]) => {
    for (const [j, slope] of slopes.entries()) {
      gradient[at + features * width + j]! += slope / rows;
      for (const i of indices(features)) gradient[at + i * width + j]! += (slope * x[row * features + i]!) / rows;
    }
  };
  for (const row of indices(rows)) {
    const errors = linear(weights, 0, outputs, row).map((found, j) => found - value[row * outputs + j]!);
    loss += (valueWeight * sum(errors.map((error) => error * error))) / outputs / rows;
    const slopes = errors.map((error) => (valueWeight * 2 * error) / outputs);
    backward(0, outputs, row, slopes);

    const powers = linear(weights, kindAt, kinds, row).map(Math.exp);
    const chances = powers.map((power) => power / sum(powers));
    const targets = chances.map((_, j) => (kind[row] === j ? 1 - labelSmoothing : 0) + labelSmoothing / kinds);
    loss -= (kindWeight * sum(targets.map((target, j) => target * Math.log(chances[j]!)))) / rows;
    const rises = chances.map((chance, j) => kindWeight * (chance - targets[j]!));
    backward(kindAt, kinds, row, rises);
  }
  return { loss, gradient };
};

/** What a step subtracts from the weights, before the learning rate. `step` counts from 0. */
export type Rule = (gradient: readonly number[], weights: Weights, step: number) => readonly number[];

export const momentumRule = (momentum: number, nesterov: boolean): Rule => {
  let velocity: readonly number[] = [];
  return (gradient) => {
    velocity = gradient.map((slope, i) => slope + momentum * (velocity[i] ?? 0));
    return nesterov ? gradient.map((slope, i) => slope + momentum * velocity[i]!) : velocity;
  };
};

export const adamRule = (b1: number, b2: number, eps: number, weightDecay = 0): Rule => {
  let [first, second]: (readonly number[])[] = [[], []];
  return (gradient, weights, step) => {
    first = gradient.map((slope, i) => b1 * (first![i] ?? 0) + (1 - b1) * slope);
    second = gradient.map((slope, i) => b2 * (second![i] ?? 0) + (1 - b2) * slope * slope);
    return weights.map(
      (weight, i) =>
        first![i]! / (1 - b1 ** (step + 1)) / (Math.sqrt(second![i]! / (1 - b2 ** (step + 1))) + eps) +
        weightDecay * weight,
    );
  };
};

/** Scales a gradient down to a norm. */
export const clipped = (gradient: readonly number[], norm: number): readonly number[] => {
  const length = Math.sqrt(sum(gradient.map((slope) => slope * slope)));
  return length > norm ? gradient.map((slope) => (slope * norm) / length) : gradient;
};
