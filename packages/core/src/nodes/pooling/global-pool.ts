import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { type Dim, type IsDynamicRank, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";

/** The sentence when there is nothing to pool over, else `never`. */
type PositionsMisfit<S extends Shape, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends 0 | 1 | 2
      ? `${Name} needs axes between batch and channels, but its input is ${Show<S>}`
      : never;
const positionsMisfit = (shape: Shape, name: string): string | undefined =>
  shape.length > 2 ? undefined : `${name} needs axes between batch and channels, but its input is ${show(shape)}`;

const define = (name: string, doc: string) =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({}),
    infer: ([x]) => {
      const { shape } = x!;
      return positionsMisfit(shape, name) ?? { shape: [shape[0]!, shape.at(-1)!], dtype: "float" };
    },
  });

export const globalAvgPool = define(
  "globalAvgPool",
  "The mean of each channel over all positions: [batch, ..., channels] -> [batch, channels].",
);
export const globalMaxPool = define(
  "globalMaxPool",
  "The largest value of each channel over all positions: [batch, ..., channels] -> [batch, channels].",
);

interface GlobalPool<Name extends string> extends Op {
  readonly is: [Name];
  readonly out: GlobalPoolOut<this["in"], Name>;
}
type GlobalPoolOut<T, Name extends string> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : PositionsMisfit<S, Name> extends infer Misfit extends string
        ? Misfit[] extends never[]
          ? Tensor<Pooled<S>>
          : Misfit
        : never
    : never;
type Pooled<S extends Shape> = S extends readonly [infer Batch extends Dim, ...Dim[], infer Channels extends Dim]
  ? [Batch, Channels]
  : [Dim, Dim];

export interface GlobalAvgPool extends GlobalPool<"globalAvgPool"> {}
export interface GlobalMaxPool extends GlobalPool<"globalMaxPool"> {}

export interface GlobalPoolMethods {
  /**
   * The mean of each channel over all positions.
   *
   * @example x.globalAvgPool() // [batch, 7, 7, 64] -> [batch, 64]
   */
  globalAvgPool<Self>(this: Fits<Self, GlobalAvgPool, Self>): Then<Self, GlobalAvgPool>;
  /**
   * The largest value of each channel over all positions.
   *
   * @example x.globalMaxPool() // [batch, time, 64] -> [batch, 64]
   */
  globalMaxPool<Self>(this: Fits<Self, GlobalMaxPool, Self>): Then<Self, GlobalMaxPool>;
}
