import type { Site } from "@flaxen/errors";
import { ShapeError } from "../nodes/errors.ts";
import { type Shape, unknownSize } from "../shapes/index.ts";
import { MissingColumnError, UnknownColumnError } from "./errors.ts";
import type { Expectation, Expectations } from "./expectations.ts";

/** "input", "label of 10 classes", "target of 2 numbers" */
export const describeRole = (expected: Expectation): string => {
  switch (expected.role) {
    case "input":
      return "input";
    case "label":
      return `label of ${expected.classes} classes${expected.shape ? " at every position" : ""}`;
    case "labels":
      return `labels of ${expected.classes} classes (0 or 1 each)`;
    case "target":
      if (expected.shape) return "target";
      return expected.outputs === 1 ? "target" : `target of ${expected.outputs} numbers`;
  }
};

/** Every input and head needs a column of its name, and every column one of them. */
export const checkColumns = (
  use: string,
  columns: readonly string[],
  expectations: Expectations,
  site?: Site | undefined,
): void => {
  for (const column of columns)
    if (!Object.hasOwn(expectations, column))
      throw new UnknownColumnError(use, column, Object.keys(expectations), site);
  for (const [name, expected] of Object.entries(expectations))
    if (!columns.includes(name)) throw new MissingColumnError(use, name, describeRole(expected), site);
};

/** The columns in the order of the expectations: a document's keys have no order, but files that are made of it do. */
export const inOrder = <T>(columns: Readonly<Record<string, T>>, expectations: Expectations): Record<string, T> =>
  Object.fromEntries(
    Object.keys(expectations).flatMap((name) => (Object.hasOwn(columns, name) ? [[name, columns[name]!]] : [])),
  );

/** The shape of one row. */
export const rowShape = (expected: Expectation): Shape => {
  switch (expected.role) {
    case "input":
      return expected.shape;
    case "label":
      return expected.shape ?? [];
    case "labels":
      return [expected.classes];
    case "target":
      return expected.shape ?? [expected.outputs];
  }
};

/** Throws unless a row has the expected shape; a last axis of 1 may be missing or too many. */
export const checkRowShape = (
  use: string,
  column: string,
  given: readonly number[],
  expected: Expectation,
  site?: Site | undefined,
): void => {
  const wanted = rowShape(expected);
  const same = (a: readonly (number | string)[], b: readonly (number | string)[]) =>
    a.length === b.length &&
    a.every((dim, axis) => dim === b[axis] || typeof dim === "string" || typeof b[axis] === "string");
  if (same(given, wanted) || same(given, [...wanted, 1]) || same([...given, 1], wanted)) return;
  throw new ShapeError(
    `${use}: rows of column "${column}" have the shape [${given.join(", ")}], but the model's ${describeRole(expected)} "${column}" needs [${wanted.join(", ")}]${hint(given, expected)}`,
    { node: column, site },
  );
};

/** One answer for each row, but features that were not flattened. */
const hint = (given: readonly number[], expected: Expectation): string =>
  (expected.role === "label" || expected.role === "target") && expected.shape && given.length < expected.shape.length
    ? ". The head predicts for every position of its features: flatten them for one prediction per row"
    : "";

/** The size of a named axis, and the column that it was first seen in. */
export interface NamedSize {
  readonly column: string;
  readonly size: number;
}

/** Throws where an axis of one name has another size than in an earlier column. */
export const checkNamedSizes = (
  use: string,
  column: string,
  given: readonly number[],
  expected: Expectation,
  sizes: Map<string, NamedSize>,
  site?: Site | undefined,
): void => {
  for (const [axis, dim] of rowShape(expected).entries()) {
    if (typeof dim === "number" || dim === unknownSize) continue;
    const size = given[axis] ?? 1;
    const first = sizes.get(dim) ?? { column, size };
    sizes.set(dim, first);
    if (first.size !== size)
      throw new ShapeError(
        `${use}: "${dim}" is ${first.size} in column "${first.column}", but ${size} in column "${column}"`,
        { node: column, site },
      );
  }
};
