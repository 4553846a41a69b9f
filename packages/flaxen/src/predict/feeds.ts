import { didYouMean } from "@flaxen/errors";
import { InputRowsError, InputShapeError, InputTypeError, UnknownInputError } from "../errors/predict.ts";
import type { WireArray, WireType } from "./frames.ts";
import {
  areTableRows,
  type Cell,
  filesOf,
  type ImageFile,
  isRaw,
  packCells,
  packFiles,
  packTableRows,
  type TableRow,
} from "./raw.ts";
import type { InputSpecification } from "./subject.ts";

/** Numbers in one piece, row after row. */
export type FlatNumbers =
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Nested as the shape is: one row, or an array of rows. Strings and null where the training data had a table's columns. */
export type NestedCells = Cell | readonly NestedCells[];

/** Numbers in one piece with their shape. */
export interface ShapedNumbers {
  readonly data: FlatNumbers | readonly number[];
  readonly shape: readonly number[];
}

/** Numbers, nested as the shape is; null where a table's cell is missing. */
export type NestedNumbers = number | boolean | null | readonly NestedNumbers[];

/** What may be fed for an input of floats: one row, or a batch of rows. */
export type NumberFeed = FlatNumbers | NestedNumbers | ShapedNumbers | ImageFile | readonly ImageFile[];

/** What may be fed for one input: one row, or a batch of rows. */
export type Feed = FlatNumbers | NestedCells | ShapedNumbers | ImageFile | readonly ImageFile[];

export interface PackedInputs {
  readonly arrays: Readonly<Record<string, WireArray>>;
  /** Cells as the table has them, [rows][columns], where a feed is not numbers alone. */
  readonly values?: Readonly<Record<string, readonly (readonly Cell[])[]>>;
  /** Lengths of the images' files whose bytes an array holds. */
  readonly files?: Readonly<Record<string, readonly number[]>>;
  /** Rows of the table, for all inputs. */
  readonly table?: readonly TableRow[];
  readonly rows: number;
}

/** Checks what a caller feeds and lays it out as bytes. Every error names the input, what it takes and what it got. */
export const packInputs = (
  inputs: Readonly<Record<string, unknown>> | readonly TableRow[],
  specifications: readonly InputSpecification[],
): PackedInputs => {
  const names = specifications.map(({ name }) => name);
  const { use = "predict" } = specifications[0] ?? {};
  if (areTableRows(inputs)) {
    const table = packTableRows(inputs, specifications);
    return { arrays: {}, table, rows: table.length };
  }
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs) || ArrayBuffer.isView(inputs)) {
    const wanted = names.map((name) => `${name}: …`).join(", ");
    throw new UnknownInputError(
      `${use} takes an object with the rows of each input${use === "predict" ? "" : " and target"}, { ${wanted} }.`,
    );
  }
  for (const name of Object.keys(inputs))
    if (!names.includes(name))
      throw new UnknownInputError(
        `${use}: the model has no input${use === "predict" ? "" : " or target"} "${name}".${didYouMean(name, names)}`,
      );
  const rows: Record<string, number> = {};
  const arrays: Record<string, WireArray> = {};
  const values: Record<string, readonly (readonly Cell[])[]> = {};
  const lengths: Record<string, readonly number[]> = {};
  for (const specification of specifications) {
    const { name } = specification;
    const given = (inputs as Readonly<Record<string, unknown>>)[name];
    if (given === undefined)
      throw new UnknownInputError(
        `${use}: ${specification.target ? "target" : "input"} "${name}" is missing. The model needs ${names.join(", ")}.`,
      );
    const files = filesOf(given, specification);
    if (files) {
      arrays[name] = packFiles(files);
      lengths[name] = files.map(({ length }) => length);
      rows[name] = files.length;
    } else if (isRaw(given, specification)) {
      values[name] = packCells(given, specification);
      rows[name] = values[name].length;
    } else {
      arrays[name] = packInput(given, specification);
      rows[name] = arrays[name].shape[0] ?? 0;
    }
  }
  const counts = new Set(Object.values(rows));
  if (counts.size > 1) {
    const listed = Object.entries(rows).map(([name, count]) => `"${name}" has ${count}`);
    throw new InputRowsError(`${use}: every input needs the same number of rows, but ${listed.join(", ")}.`);
  }
  return {
    arrays,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(lengths).length > 0 ? { files: lengths } : {}),
    rows: [...counts][0] ?? 0,
  };
};

const packInput = (value: unknown, specification: InputSpecification): WireArray => {
  const { data, shape } = flatten(value, specification);
  const batched = withRows(shape, data.length, specification, ArrayBuffer.isView(value));
  return { dtype: specification.dtype, shape: batched, bytes: toBytes(data, specification) };
};

type Numbers = ArrayLike<number>;

const flatten = (value: unknown, specification: InputSpecification): { data: Numbers; shape: readonly number[] } => {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    if (value instanceof BigInt64Array || value instanceof BigUint64Array)
      throw new InputTypeError(specification, "numbers", "BigInts");
    return { data: value as FlatNumbers, shape: [(value as FlatNumbers).length] };
  }
  if (typeof value === "number") return { data: [value], shape: [] };
  if (Array.isArray(value)) {
    const shape = nestedShape(value, specification);
    return { data: (value as unknown[]).flat(shape.length) as number[], shape };
  }
  if (typeof value === "object" && value !== null && "data" in value && "shape" in value) {
    const { data, shape } = value as ShapedNumbers;
    const size = shape.reduce((product, dim) => product * dim, 1);
    if (size !== data.length)
      throw new InputShapeError(
        specification,
        expected(specification),
        `of shape [${shape.join(", ")}] with ${data.length} numbers`,
      );
    return { data, shape };
  }
  throw new InputTypeError(
    specification,
    "numbers (nested arrays, a typed array, or { data, shape })",
    describe(value),
  );
};

/** The shape of nested arrays; refuses ragged ones and anything but numbers at the leaves. */
const nestedShape = (value: unknown, specification: InputSpecification): readonly number[] => {
  if (!Array.isArray(value)) {
    if (typeof value !== "number") throw new InputTypeError(specification, "numbers", describe(value));
    return [];
  }
  const inner = value.length === 0 ? [] : nestedShape(value[0], specification);
  for (const item of value.slice(1)) {
    const other = nestedShape(item, specification);
    if (other.join() !== inner.join())
      throw new InputShapeError(
        specification,
        expected(specification),
        `ragged: it holds both [${inner.join(", ")}] and [${other.join(", ")}]`,
      );
  }
  return [value.length, ...inner];
};

/** Adds the axis of rows where one row was given; a flat typed array is cut into rows. */
const withRows = (
  shape: readonly number[],
  length: number,
  specification: InputSpecification,
  flat: boolean,
): readonly number[] => {
  const fits = (dims: readonly number[]) =>
    dims.length === specification.shape.length &&
    dims.every((dim, i) => specification.shape[i] === -1 || dim === specification.shape[i]);
  if (flat && specification.shape.every((dim) => dim >= 0)) {
    const row = specification.shape.reduce((product, dim) => product * dim, 1);
    if (length > 0 && length % row === 0) return [length / row, ...specification.shape];
    throw new InputShapeError(
      specification,
      `${expected(specification)}, that is, a multiple of ${row} numbers`,
      `${length} numbers`,
    );
  }
  // A trailing size of 1 may be missing, as it may in the training data.
  for (const whole of specification.shape.at(-1) === 1 ? [shape, [...shape, 1]] : [shape]) {
    if (fits(whole)) return [1, ...whole];
    if (whole.length > 0 && (whole[0] as number) > 0 && fits(whole.slice(1))) return whole;
  }
  throw new InputShapeError(
    specification,
    expected(specification),
    shape.length === 0 ? "a number" : `[${shape.join(", ")}]`,
  );
};

const expected = ({ shape }: InputSpecification): string => {
  const dims = shape.map((dim) => (dim === -1 ? "any" : String(dim)));
  return `[${dims.join(", ")}] for one row or [${["rows", ...dims].join(", ")}] for several`;
};

const describe = (value: unknown): string =>
  value === null
    ? "null"
    : typeof value === "string"
      ? JSON.stringify(value.slice(0, 40))
      : typeof value === "object"
        ? (value.constructor?.name ?? "an object")
        : typeof value;

const taken: Record<WireType, string> = {
  uint8: "whole numbers from 0 to 255, as the training data had them",
  int32: "whole numbers",
  float32: "finite numbers",
};

const toBytes = (data: Numbers, specification: InputSpecification): Uint8Array => {
  const { dtype, below, from = 0 } = specification;
  const range = dtype === "int32" && below !== undefined ? `whole numbers from ${from} to ${below - 1}` : taken[dtype];
  const largest = dtype === "uint8" ? 255 : below === undefined ? 2 ** 31 - 1 : below - 1;
  const smallest = dtype === "uint8" || below !== undefined ? from : -(2 ** 31);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    const fine =
      dtype === "float32"
        ? Number.isFinite(Math.fround(value))
        : Number.isInteger(value) && value >= smallest && value <= largest;
    if (!fine) throw new InputTypeError(specification, range, `${value} at position ${i}`);
  }
  const array =
    dtype === "uint8" ? Uint8Array.from(data) : dtype === "int32" ? Int32Array.from(data) : Float32Array.from(data);
  return new Uint8Array(array.buffer);
};
