/** Numbers with a shape, the last axis the fastest. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);

const stridesOf = (shape: readonly number[]): readonly number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** The array whose axis i is axis `order[i]` of the given one; the axes in `flipped`, of the result, run backwards. */
export const permuted = (
  { shape, data }: NumberArray,
  order: readonly number[],
  flipped: readonly number[] = [],
): NumberArray => {
  const result = order.map((axis) => shape[axis]!);
  const strides = stridesOf(shape);
  const steps = order.map((axis, i) => (flipped.includes(i) ? -strides[axis]! : strides[axis]!));
  const start = flipped.reduce((at, i) => at + (result[i]! - 1) * strides[order[i]!]!, 0);
  const values = new Float32Array(data.length);
  const index = result.map(() => 0);
  let from = start;
  for (let to = 0; to < values.length; to++) {
    values[to] = data[from]!;
    for (let axis = result.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += steps[axis]!;
      if (index[axis]! < result[axis]!) break;
      from -= steps[axis]! * result[axis]!;
      index[axis] = 0;
    }
  }
  return { shape: result, data: values };
};

export const transposed = (array: NumberArray): NumberArray => permuted(array, [1, 0]);

/** The same numbers in another shape. */
export const reshaped = ({ data }: NumberArray, shape: readonly number[]): NumberArray => ({ shape, data });

/** Rows `from` to `to` of the first axis. */
export const rowsOf = ({ shape, data }: NumberArray, from: number, to: number): NumberArray => {
  const row = sizeOf(shape.slice(1));
  return { shape: [to - from, ...shape.slice(1)], data: data.slice(from * row, to * row) };
};

/** The arrays added up. */
export const added = (one: NumberArray, other: NumberArray): NumberArray => ({
  shape: one.shape,
  data: one.data.map((value, i) => value + other.data[i]!),
});

/** The last axis cut into `order.length` equal parts, which stand in another order then. */
export const reordered = ({ shape, data }: NumberArray, order: readonly number[]): NumberArray => {
  const width = shape.at(-1)!;
  const part = width / order.length;
  const values = new Float32Array(data.length);
  for (let row = 0; row < data.length; row += width)
    for (const [to, from] of order.entries())
      values.set(data.subarray(row + from * part, row + (from + 1) * part), row + to * part);
  return { shape, data: values };
};
