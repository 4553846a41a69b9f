import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { TensorOf, Typed } from "../../graph/tensor.ts";
import { type Dim, type IsDynamicRank, type Product, product, type Shape } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";

export const flatten = defineNode({
  name: "flatten",
  stem: "flatten",
  doc: "Everything but the batch axis in one axis.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({}),
  infer: ([x]) => ({ shape: [x!.shape[0]!, product(x!.shape.slice(1))], dtype: x!.dtype }),
});

export interface Flatten extends Op {
  readonly is: ["flatten"];
  readonly out: this["in"] extends Typed<infer S, infer D> ? TensorOf<FlattenShape<S>, D> : never;
}
type FlattenShape<S extends Shape> =
  IsDynamicRank<S> extends true
    ? [Dim, number]
    : S extends readonly [infer Batch extends Dim, ...infer Rest]
      ? [Batch, Product<Rest>]
      : Dim[];

export interface FlattenMethod {
  /**
   * Everything but the batch axis in one axis.
   *
   * @example x.flatten() // [batch, 7, 7, 64] -> [batch, 3136]
   */
  flatten<Self>(this: Fits<Self, Flatten, Self>): Then<Self, Flatten>;
}
