import type { Dim, Shape } from "../shapes/index.ts";

/** Literal sizes as they are; names such as "batch" are numbers once the data is seen. */
export type Sizes<S extends Shape> = { readonly [K in keyof S]: S[K] extends number ? S[K] : number };

/** Numbers with a shape, row after row. */
export interface Values<S extends Shape = Shape> {
  /** `[rows, …]` */
  readonly shape: Sizes<S>;
  /** All numbers, the last axis fastest. */
  readonly data: Float32Array;
  /** The numbers of one row: a view, not a copy. Negative indices count from the end. */
  row(index: number): Float32Array;
}

/** What a classification predicts; `Positions` are the axes that it predicts a class for each position of. */
export interface Classes<N extends Dim = Dim, Positions extends Shape = []> {
  /** The most probable class of each row, or of each position, row after row. */
  readonly labels: Int32Array;
  /** Of each class, `[rows, …positions, classes]`; they sum to 1. */
  readonly probabilities: Values<["batch", ...Positions, N]>;
  /** What each class is called, where the data's labels are text: `names[labels[0]]`. */
  readonly names?: readonly string[];
}

/** What a head of two classes predicts. */
export interface Binary<Positions extends Shape = []> {
  /** 1 where the probability is above one half, else 0: of each row, or of each position, row after row. */
  readonly labels: Int32Array;
  /** Of class 1, `[rows, …positions]`. */
  readonly probabilities: Values<["batch", ...Positions]>;
  /** What the two classes are called, where the data's labels are text: `names[labels[0]]`. */
  readonly names?: readonly string[];
}

/** What a multi-label head predicts. */
export interface Labels<N extends Dim = Dim> {
  /** 1 where a class's probability is above one half, else 0: `classes` numbers for each row. */
  readonly labels: Int32Array;
  /** Of each class, `[rows, classes]`: each between 0 and 1, and apart from the others. */
  readonly probabilities: Values<["batch", N]>;
}

/** Means, and how far each may be off: what a regression with the loss "gaussianNll" predicts. */
export interface Gaussian<S extends Shape = Shape> extends Values<S> {
  /** Of each mean, in the square of its unit. */
  readonly variance: Values<S>;
}

/** Means and variances from numbers whose last axis holds the ones, then the others. */
export const gaussianOf = ({ shape, data }: Values): Gaussian => {
  const sizes = shape as unknown as readonly number[];
  const width = sizes.at(-1)! / 2;
  const half = (first: number): Values =>
    createValues(
      Float32Array.from({ length: data.length / 2 }, (_, i) => data[i + (Math.floor(i / width) + first) * width]!),
      [...sizes.slice(0, -1), width],
    ) as unknown as Values;
  return { ...half(0), variance: half(1) };
};

/** Gives numbers their shape; their count must be its product. */
export const createValues = <const S extends Shape = Shape>(data: Float32Array, shape: Sizes<S>): Values<S> => {
  const sizes = shape as unknown as readonly number[];
  const width = sizes.slice(1).reduce((product, size) => product * size, 1);
  const rows = sizes[0] ?? 1;
  if (rows * width !== data.length)
    throw new RangeError(`${data.length} numbers do not fill the shape [${sizes.join(", ")}]`);
  return {
    shape,
    data,
    row: (index) => {
      const at = index < 0 ? rows + index : index;
      if (!Number.isInteger(at) || at < 0 || at >= rows) throw new RangeError(`row ${index} of ${rows} rows`);
      return data.subarray(at * width, (at + 1) * width);
    },
  };
};

/** The index of the largest number along the last axis, for each row or position; the first of equal ones. */
export const largest = ({ shape, data }: Values): Int32Array => {
  const width = (shape as unknown as readonly number[]).at(-1) ?? 1;
  return Int32Array.from({ length: width === 0 ? 0 : data.length / width }, (_, position) => {
    const start = position * width;
    let best = 0;
    for (let at = 1; at < width; at++) if (data[start + at]! > data[start + best]!) best = at;
    return best;
  });
};

/** 1 for each probability above one half, else 0. */
export const aboveHalf = ({ data }: Values): Int32Array => Int32Array.from(data, (value) => (value > 0.5 ? 1 : 0));
