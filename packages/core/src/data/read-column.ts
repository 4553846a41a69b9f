import type { Site } from "@flaxen/errors";
import { DTypeError, ShapeError } from "../nodes/errors.ts";
import { NotANumberError } from "./errors.ts";

/** Numbers in one piece. */
export type FlatNumbers =
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Numbers nested as the shape is. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** Numbers in one piece with their shape, rows first. */
export interface ShapedNumbers {
  readonly data: FlatNumbers;
  readonly shape: readonly number[];
}

/** One column of `data.arrays`: an entry per row. A typed array alone is cut into rows of the model's shape. */
export type ColumnValues = FlatNumbers | NestedNumbers | ShapedNumbers;

/** A column as it was given: every number finite, its dtype not yet decided. */
export interface Column {
  /** A copy: what happens to the caller's array later changes nothing. */
  readonly values: FlatNumbers;
  /** Rows first; undefined where a typed array is still to be cut into rows. */
  readonly shape: readonly number[] | undefined;
  /** Whether the caller chose the dtype, by choosing a typed array. */
  readonly typed: boolean;
}

/** Reads one column. `use` opens every message. */
export const readColumn = (use: string, name: string, given: unknown, site?: Site | undefined): Column => {
  const at = { node: name, site };
  if (isFlat(given)) return checked(use, name, { values: given.slice(), shape: undefined, typed: true }, site);
  if (Array.isArray(given)) {
    const shape = nestedShape(use, name, given, site);
    const values = new Float64Array(shape.reduce((product, size) => product * size, 1));
    fill(values, given, 0);
    return checked(use, name, { values, shape, typed: false }, site);
  }
  const { data, shape } = (typeof given === "object" && given !== null ? given : {}) as Partial<ShapedNumbers>;
  if (!isFlat(data) || !Array.isArray(shape) || !shape.every((size) => Number.isInteger(size) && size >= 0))
    throw new DTypeError(
      `${use}: column "${name}" must be numbers: a typed array, nested arrays, or { data: typed array, shape }; it is ${describe(given)}`,
      at,
    );
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (shape.length === 0 || size !== data.length)
    throw new ShapeError(
      `${use}: column "${name}" has ${data.length} numbers, but its shape [${shape.join(", ")}] holds ${size}`,
      at,
    );
  return checked(use, name, { values: data.slice(), shape: [...shape], typed: true }, site);
};

const isFlat = (value: unknown): value is FlatNumbers =>
  ArrayBuffer.isView(value) &&
  !(value instanceof DataView) &&
  !(value instanceof BigInt64Array) &&
  !(value instanceof BigUint64Array);

/** The sizes of nested arrays; throws where they are ragged or hold anything but numbers. */
const nestedShape = (
  use: string,
  name: string,
  list: readonly unknown[],
  site: Site | undefined,
): readonly number[] => {
  const at = { node: name, site };
  if (!list.some(Array.isArray)) {
    const wrong = list.find((item) => typeof item !== "number");
    if (list.every((item) => typeof item === "number")) return [list.length];
    throw new DTypeError(`${use}: column "${name}" must hold numbers, but it holds ${describe(wrong)}`, at);
  }
  let inner: readonly number[] | undefined;
  for (const item of list) {
    const sizes: readonly number[] = Array.isArray(item) ? nestedShape(use, name, item, site) : [];
    inner ??= sizes;
    if (sizes.length !== inner.length || sizes.some((size, axis) => size !== inner?.[axis]))
      throw new ShapeError(
        `${use}: column "${name}" is ragged: it holds both [${inner.join(", ")}] and [${sizes.join(", ")}]`,
        at,
      );
  }
  return [list.length, ...(inner ?? [])];
};

/** Writes nested numbers one after another; gives the place after the last. */
const fill = (values: Float64Array, list: NestedNumbers, start: number): number => {
  let at = start;
  for (const item of list) {
    if (typeof item === "object") at = fill(values, item, at);
    else values[at++] = item;
  }
  return at;
};

const checked = (use: string, name: string, column: Column, site: Site | undefined): Column => {
  const { values, shape } = column;
  const wrong =
    values instanceof Float32Array || values instanceof Float64Array
      ? values.findIndex((value) => !Number.isFinite(value))
      : -1;
  if (wrong < 0) return column;
  const [rows = values.length] = shape ?? [];
  const row = Math.floor(wrong / (values.length / rows));
  throw new NotANumberError(
    `${use}: column "${name}" holds ${values[wrong]}${shape ? ` in row ${row}` : ` at position ${wrong}`}. Only finite numbers can be learnt from.`,
    { site },
  );
};

const describe = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "object") return ArrayBuffer.isView(value) ? value.constructor.name : "an object";
  return typeof value === "bigint" ? "a BigInt" : `a ${typeof value}`;
};
