import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Blur,
  type Dim,
  type InnerAxis,
  type IsDynamicRank,
  innerAxis,
  type Shape,
  type Show,
  type ShowDim,
  show,
} from "../../shapes/index.ts";
import { axes, type FloatOutcome, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition } from "../definition.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";

/** One axis, several, or null for every axis but the batch axis. */
export type Axes = number | readonly number[] | null;

/** A kind of node that makes one value of all values along axes. */
export const reduction = (name: string, doc: string, dtype: "float" | "any"): NodeDefinition =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype }],
    parameters: z.strictObject({
      /** The batch axis is 0, which stays; null is every other axis. */
      axes: axes.nullable().default(null),
      keepDims: role.structure(z.boolean().default(false)),
    }),
    positional: ["axes"],
    normalise: ({ axes, ...given }) => ({ ...given, axes: typeof axes === "number" ? [axes] : axes }),
    infer: ([x], { axes, keepDims }) => {
      const shape = reduced(x!.shape, axes, keepDims, name);
      return typeof shape === "string" ? shape : { shape, dtype: x!.dtype };
    },
  });

/** The shape without these axes, or with size 1 in their places; or one sentence. */
export const reduced = (
  shape: Shape,
  axes: readonly number[] | null,
  keepDims: boolean,
  name: string,
): Shape | string => {
  if (axes === null && shape.length < 2)
    return `${name} needs an axis after the batch axis, but its input is ${show(shape)}`;
  const places = new Set<number>();
  for (const axis of axes ?? shape.map((_, place) => place).slice(1)) {
    const at = innerAxis(shape, axis, name);
    if (typeof at === "string") return at;
    if (places.has(at)) return `${name}: axis ${axis} of ${show(shape)} is there twice`;
    places.add(at);
  }
  return shape.flatMap((dim, place) => (places.has(place) ? (keepDims ? [1] : []) : [dim]));
};

/** Its rule. */
export interface Reduce<Name extends string, A, Keep> extends Op {
  readonly is: [Name, readonly [A, Keep]];
  readonly out: this["in"] extends Typed<infer S, infer D> ? Outcome<Reduced<S, A, Keep, Name>, D> : never;
}
/** The rule of one that needs floats. */
export interface FloatReduce<Name extends string, A, Keep> extends Op {
  readonly is: [Name, readonly [A, Keep]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : FloatOutcome<Reduced<S, A, Keep, Name>>
    : never;
}

export type Reduced<S extends Shape, A, Keep, Name extends string> = A extends null
  ? Whole<S, Keep, Name>
  : A extends readonly unknown[]
    ? Several<S, Places<S, A, Name>, Keep>
    : Several<S, InnerAxis<S, A, Name>, Keep>;
type Whole<S extends Shape, Keep, Name extends string> = S extends readonly [infer Batch extends Dim, ...infer Rest]
  ? IsDynamicRank<S> extends true
    ? Dim[]
    : Rest extends readonly []
      ? `${Name} needs an axis after the batch axis, but its input is ${Show<S>}`
      : Keep extends true
        ? [Batch, ...{ [K in keyof Rest]: 1 }]
        : [Batch]
  : Keep extends true
    ? Dim[]
    : [Dim];
/** The places as a union, or one sentence. */
type Places<S extends Shape, A, Name extends string, Out = never> = A extends readonly [infer First, ...infer Rest]
  ? InnerAxis<S, First, Name> extends infer At
    ? At extends string
      ? At
      : number extends At
        ? number
        : At extends Out
          ? `${Name}: axis ${ShowDim<First>} of ${Show<S>} is there twice`
          : Places<S, Rest, Name, Out | At>
    : never
  : A extends readonly []
    ? Out
    : number;
type Several<S extends Shape, At, Keep> = [At] extends [string]
  ? At
  : number extends At
    ? Keep extends true
      ? Blur<S>
      : Dim[]
    : Dropped<S, At, Keep>;
type Dropped<S extends Shape, At, Keep, Seen extends 0[] = [], Out extends Shape = []> = S extends readonly [
  infer D extends Dim,
  ...infer Rest extends Shape,
]
  ? Dropped<
      Rest,
      At,
      Keep,
      [...Seen, 0],
      Seen["length"] extends At ? (Keep extends true ? [...Out, 1] : Out) : [...Out, D]
    >
  : Out;

export interface ReduceOptions<Keep> {
  /** Whether the axes stay, with size 1. @defaultValue false */
  readonly keepDims?: Keep;
}
