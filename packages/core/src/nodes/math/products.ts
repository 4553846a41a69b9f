import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Tensor, Typed } from "../../graph/tensor.ts";
import {
  type Broadcast,
  broadcast,
  type Dim,
  type IsDynamicRank,
  type SameDim,
  type Shape,
  type Show,
  sameDim,
  show,
} from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { DoNotMix, NeedsFloat } from "../dtype.ts";
import { elements } from "../flops.ts";

const ports = [
  { name: "x", dtype: "float" },
  { name: "other", dtype: "same" },
] as const;

export const matmul = defineNode({
  name: "matmul",
  stem: "matmul",
  doc: "The matrix product over the last two axes: [..., rows, inner] by [..., inner, columns].",
  ports,
  parameters: z.strictObject({}),
  infer: ([x, other]) => {
    const [a, b] = [x!.shape, other!.shape];
    if (a.length < 3 || b.length < 3)
      return `matmul needs two axes after the batch axis, but its inputs are ${show(a)} and ${show(b)}`;
    if (!sameDim(a.at(-1)!, b.at(-2)!)) return `matmul: ${show(a)} and ${show(b)} do not share their inner axis`;
    const leading = broadcast(a.slice(0, -2), b.slice(0, -2));
    if (!leading) return `matmul: leading axes do not broadcast: ${show(a)} and ${show(b)}`;
    return { shape: [...leading, a.at(-2)!, b.at(-1)!], dtype: "float" };
  },
  flops: ([x], output) => 2 * elements(output.shape) * Number(x!.shape.at(-1)),
});

export const dot = defineNode({
  name: "dot",
  stem: "dot",
  doc: "The sum of products along the last axis of two tensors: [..., features] and [..., features] -> [...].",
  ports,
  parameters: z.strictObject({}),
  infer: ([x, other]) => {
    const [a, b] = [x!.shape, other!.shape];
    if (a.length < 2) return `dot needs an axis after the batch axis, but its input is ${show(a)}`;
    const leading = broadcast(a.slice(0, -1), b.slice(0, -1));
    if (!leading || !sameDim(a.at(-1)!, b.at(-1)!)) return `dot: shapes do not fit: ${show(a)} and ${show(b)}`;
    return { shape: leading, dtype: "float" };
  },
  flops: ([x], output) => 2 * elements(output.shape) * Number(x!.shape.at(-1)),
});

export interface Matmul<Other extends AnyTensor> extends Op {
  readonly is: ["matmul", Other];
  readonly out: this["in"] extends Typed<infer A, infer D>
    ? D extends "int"
      ? NeedsFloat<"matmul">
      : Other extends Typed<infer B, infer D2>
        ? D extends D2
          ? MatmulOut<A, B>
          : DoNotMix<"matmul", D, D2>
        : never
    : never;
}
type MatmulOut<A extends Shape, B extends Shape> =
  IsDynamicRank<A> extends true
    ? Tensor<Dim[]>
    : IsDynamicRank<B> extends true
      ? Tensor<Dim[]>
      : A extends readonly [infer Batch, ...infer ALeading extends Shape, infer Rows extends Dim, infer Inner]
        ? B extends readonly [infer Batch2, ...infer BLeading extends Shape, infer Inner2, infer Columns extends Dim]
          ? SameDim<Inner, Inner2> extends true
            ? Broadcast<[Batch & Dim, ...ALeading], [Batch2 & Dim, ...BLeading]> extends infer Leading extends Shape
              ? Tensor<[...Leading, Rows, Columns]>
              : `matmul: leading axes do not broadcast: ${Show<A>} and ${Show<B>}`
            : `matmul: ${Show<A>} and ${Show<B>} do not share their inner axis`
          : `matmul needs two axes after the batch axis, but its inputs are ${Show<A>} and ${Show<B>}`
        : `matmul needs two axes after the batch axis, but its inputs are ${Show<A>} and ${Show<B>}`;

export interface Dot<Other extends AnyTensor> extends Op {
  readonly is: ["dot", Other];
  readonly out: this["in"] extends Typed<infer A, infer D>
    ? D extends "int"
      ? NeedsFloat<"dot">
      : Other extends Typed<infer B, infer D2>
        ? D extends D2
          ? DotOut<A, B>
          : DoNotMix<"dot", D, D2>
        : never
    : never;
}
type DotOut<A extends Shape, B extends Shape> =
  IsDynamicRank<A> extends true
    ? Tensor<Dim[]>
    : A extends readonly [infer Batch extends Dim, ...infer AMiddle extends Shape, infer X]
      ? B extends readonly [...infer BLeading extends Shape, infer Y]
        ? SameDim<X, Y> extends true
          ? Broadcast<[Batch, ...AMiddle], BLeading> extends infer Leading extends Shape
            ? Tensor<Leading>
            : `dot: shapes do not fit: ${Show<A>} and ${Show<B>}`
          : `dot: shapes do not fit: ${Show<A>} and ${Show<B>}`
        : Tensor<Dim[]>
      : `dot needs an axis after the batch axis, but its input is ${Show<A>}`;

export interface ProductMethods {
  /**
   * The sum of products along the last axis.
   *
   * @example x.dot(y) // [batch, 16, 64] and [batch, 16, 64] -> [batch, 16]
   */
  dot<Self, const Other extends AnyTensor>(this: Self, other: Fits<Self, Dot<Other>, Other>): Then<Self, Dot<Other>>;
  /**
   * The matrix product over the last two axes; the axes before them broadcast.
   *
   * @example q.matmul(k.transpose()) // [batch, 8, 16, 64] and [batch, 8, 64, 16] -> [batch, 8, 16, 16]
   */
  matmul<Self, const Other extends AnyTensor>(
    this: Self,
    other: Fits<Self, Matmul<Other>, Other>,
  ): Then<Self, Matmul<Other>>;
}
