import * as z from "zod";
import type { TensorOf } from "../../graph/tensor.ts";
import type { DType } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";

/** A number, or numbers nested in lists of one length. */
export type NestedValue = number | readonly NestedValue[];

/** The sizes of nested lists, or undefined when they are not of one length. */
const sizesOf = (value: unknown): readonly number[] | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? [] : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const [first, ...others] = value.map(sizesOf);
  const alike =
    first && others.every((other) => other?.length === first.length && other.every((n, i) => n === first[i]));
  return alike ? [value.length, ...first] : undefined;
};
const isWhole = (value: unknown): boolean => (Array.isArray(value) ? value.every(isWhole) : Number.isInteger(value));

/** Numbers of the program: made by `graph.constant`. */
export const constant = defineNode({
  name: "constant",
  stem: "constant",
  doc: "Numbers that do not change: of one example, so that they stretch over the batch.",
  ports: [],
  parameters: z.strictObject({
    value: role.structure(
      z
        .union([z.number(), z.array(z.json())])
        .refine(
          (value) => sizesOf(value) !== undefined,
          "must be a finite number, or such numbers in lists of one length",
        ),
    ),
    dtype: role.structure(z.enum(["float", "int"]).default("float")),
  }),
  positional: ["value"],
  infer: (_, { value, dtype }) =>
    dtype === "int" && !isWhole(value)
      ? "constant: its value must be whole numbers, as its dtype is int"
      : { shape: [1, ...sizesOf(value)!], dtype },
});

export interface ConstantOptions<D extends DType> {
  /** "int" gives an IntTensor. @defaultValue "float" */
  readonly dtype?: D;
}

/** What `graph.constant` gives: the first axis is of size 1, and stretches to the batch. */
export type ConstantValue<V, D extends DType> = TensorOf<[1, ...SizesOf<V>], D>;
type SizesOf<V> = V extends readonly [infer First, ...unknown[]]
  ? [V["length"], ...SizesOf<First>]
  : V extends readonly (infer First)[]
    ? [number, ...SizesOf<First>]
    : [];
