import * as z from "zod";
import type { TensorOf } from "../../graph/tensor.ts";
import type { DType } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import type { Fine } from "../wrong.ts";

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

/** The sentence when lists are not of one length, or numbers not whole as they should be. */
export type WrongConstant<V, D extends DType> = V extends unknown
  ? IsRagged<V> extends true
    ? `constant: value must be a finite number, or such numbers in lists of one length, but it is ${ShowItems<V>}`
    : D extends "int"
      ? [PartIn<V>] extends [never]
        ? Fine
        : "constant: its value must be whole numbers, as its dtype is int"
      : Fine
  : never;
/** Whether it may be one thing or another: nobody knows yet. */
type IsUnion<T, All = T> = [T extends unknown ? ([All] extends [T] ? false : true) : never] extends [false]
  ? false
  : true;
/** The numbers that are known not to be whole. */
type PartIn<V> =
  IsUnion<V> extends true
    ? never
    : V extends readonly unknown[]
      ? { [K in keyof V]: PartIn<V[K]> }[number]
      : V extends number
        ? `${V}` & `${string}.${string}`
        : never;
/** Of the lists on one level, which come as a union of what each is known to be. */
type IsRagged<Lists> = [Lists] extends [number]
  ? false
  : [Lists] extends [readonly unknown[]]
    ? number extends Lists["length"]
      ? IsUnion<Lists[number]> extends true
        ? false
        : IsRagged<Lists[number]>
      : IsUnion<Lists["length"]> extends true
        ? true
        : Lists["length"] extends 0
          ? true
          : true extends SomeUnion<Lists>
            ? false
            : IsRagged<Lists[number]>
    : true;
type SomeUnion<Lists> = Lists extends readonly unknown[] ? { [K in keyof Lists]: IsUnion<Lists[K]> }[number] : never;
type ShowItems<V, Text extends string = "", Seen extends 0[] = []> = V extends readonly [infer First, ...infer Rest]
  ? Seen["length"] extends 8
    ? `[${Text}, ...]`
    : ShowItems<Rest, Text extends "" ? ShowItem<First> : `${Text}, ${ShowItem<First>}`, [...Seen, 0]>
  : `[${Text}]`;
type ShowItem<Item> = Item extends number ? `${Item}` : "a list";

/** What `graph.constant` gives: the first axis is of size 1, and stretches to the batch. */
export type ConstantValue<V, D extends DType> = TensorOf<[1, ...SizesOf<V>], D>;
type SizesOf<V> = V extends readonly [infer First, ...unknown[]]
  ? [V["length"], ...SizesOf<First>]
  : V extends readonly (infer First)[]
    ? [number, ...SizesOf<First>]
    : [];
