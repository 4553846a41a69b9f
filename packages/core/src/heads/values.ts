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

/** What a classification predicts. */
export interface Classes<N extends Dim = Dim> {
  /** The most probable class of each row. */
  readonly labels: Int32Array;
  /** Of each class, `[rows, classes]`; each row sums to 1. */
  readonly probabilities: Values<["batch", N]>;
  /** What each class is called, where the data's labels are text: `names[labels[0]]`. */
  readonly names?: readonly string[];
}

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

/** The index of each row's largest number. */
export const largest = (values: Values): Int32Array => {
  const [rows = 0] = values.shape as unknown as readonly number[];
  return Int32Array.from({ length: rows }, (_, index) => {
    const row = values.row(index);
    return row.reduce((best, value, at) => (value > (row[best] as number) ? at : best), 0);
  });
};
