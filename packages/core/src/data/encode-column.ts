import type { Site } from "@flaxen/errors";
import { DTypeError, ShapeError } from "../nodes/errors.ts";
import { show } from "../shapes/index.ts";
import { checkRowShape, describeRole, rowShape } from "./columns.ts";
import { IndexRangeError, LabelRangeError, NotANumberError } from "./errors.ts";
import type { Expectation } from "./expectations.ts";
import type { Column, FlatNumbers } from "./read-column.ts";

export type ColumnType = "uint8" | "int32" | "float32";

/** A column as the program reads it. */
export interface EncodedColumn {
  readonly dtype: ColumnType;
  /** Rows first. */
  readonly shape: readonly number[];
  /** Little-endian, the last axis fastest. */
  readonly bytes: Uint8Array;
}

/** Checks a column against what the model expects and gives it the dtype that the model reads. */
export const encodeColumn = (
  use: string,
  name: string,
  column: Column,
  expected: Expectation,
  site?: Site | undefined,
): EncodedColumn => {
  const shape = shapeOf(use, name, column, expected, site);
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  const where = (index: number) => `${use}: column "${name}", row ${Math.floor(index / width)}`;
  const { values } = column;
  const pixels = values instanceof Uint8Array || values instanceof Uint8ClampedArray;
  const float = isFloat(expected);
  if (expected.role === "input" && float && pixels) return { dtype: "uint8", shape, bytes: new Uint8Array(values) };
  if (expected.role === "labels") checkLabels(name, values, where, site);
  if (float) return { dtype: "float32", shape, bytes: littleEndian(toFloats(values, where, site)) };
  checkWhole(name, column, expected, where, site);
  return { dtype: "int32", shape, bytes: littleEndian(Int32Array.from(values)) };
};

/** A whole number for each row. */
export const encodeWhole = (values: readonly number[]): EncodedColumn => ({
  dtype: "int32",
  shape: [values.length],
  bytes: littleEndian(Int32Array.from(values)),
});

/** Whether a column is read as float32, and not as int32. */
export const isFloat = (expected: Expectation): boolean =>
  expected.role === "input" ? expected.dtype === "float" : expected.role !== "label";

const checkLabels = (
  name: string,
  values: FlatNumbers,
  where: (index: number) => string,
  site: Site | undefined,
): void => {
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0)
    throw new LabelRangeError(
      `${where(wrong)}: ${values[wrong]} is neither 0 nor 1. The labels "${name}" say for each class whether it applies.`,
      { site },
    );
};

const shapeOf = (
  use: string,
  name: string,
  { values, shape }: Column,
  expected: Expectation,
  site: Site | undefined,
): readonly number[] => {
  const row = rowShape(expected);
  if (shape === undefined && row.every((size) => typeof size === "number")) {
    const width = row.reduce((product, size) => product * size, 1);
    if (values.length % width === 0) return [values.length / width, ...row];
    throw new ShapeError(
      `${use}: column "${name}" has ${values.length} numbers, but rows of ${describeRole(expected)} "${name}" are ${show(row)}, so it must be a multiple of ${width}`,
      { node: name, site },
    );
  }
  const [rows = 0, ...given] = shape ?? [values.length];
  if (rows > 0) checkRowShape(use, name, given, expected, site);
  const known = row.every((size) => typeof size === "number");
  return [rows, ...(known ? row : given)];
};

const toFloats = (values: FlatNumbers, where: (index: number) => string, site: Site | undefined): Float32Array => {
  const floats = Float32Array.from(values);
  const wrong = floats.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new NotANumberError(`${where(wrong)}: ${values[wrong]} is too large for float32.`, { site });
  return floats;
};

const checkWhole = (
  name: string,
  { values, typed }: Column,
  expected: Expectation,
  where: (index: number) => string,
  site: Site | undefined,
): void => {
  if (typed && (values instanceof Float32Array || values instanceof Float64Array))
    throw new DTypeError(
      `${where(0)}: the model's ${describeRole(expected)} "${name}" needs whole numbers, but the column is a ${values.constructor.name}. Use an Int32Array`,
      { node: name, site },
    );
  const limit = expected.role === "label" ? expected.classes : expected.role === "input" ? expected.below : undefined;
  const masked = expected.role === "label" && expected.shape !== undefined;
  const [smallest, largest] = limit === undefined ? [-(2 ** 31), 2 ** 31 - 1] : [masked ? -1 : 0, limit - 1];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isInteger(value))
      throw new DTypeError(
        `${where(index)}: ${value} is no whole number, as the model's ${describeRole(expected)} "${name}" needs`,
        {
          node: name,
          site,
        },
      );
    if (value >= smallest && value <= largest) continue;
    if (expected.role === "label")
      throw new LabelRangeError(
        `${where(index)}: ${value} is none of the ${limit} classes, which are 0 to ${largest}${masked ? "; -1 is a position that does not count" : ""}.`,
        { site },
      );
    throw new IndexRangeError(
      `${where(index)}: ${value} is not within ${smallest} to ${largest}, the indices that the model looks up.`,
      { site },
    );
  }
};

const littleEndianHost = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const littleEndian = (values: Float32Array | Int32Array): Uint8Array => {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (!littleEndianHost) for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  return bytes;
};
