import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type Blur, type Dim, type IsDynamicRank, type Shape, type Show, show } from "../../shapes/index.ts";
import { type Outcome, whole } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";

export const transpose = defineNode({
  name: "transpose",
  stem: "transpose",
  doc: "The axes in another order; the batch axis stays first.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({
    /** The batch axis included; null swaps the last two. */
    axes: role.structure(z.array(whole).nullable().default(null)),
  }),
  positional: ["axes"],
  infer: ([x], params) => {
    const { shape, dtype } = x!;
    if (params.axes === null) {
      if (shape.length < 3) return `transpose needs two axes after the batch axis, but its input is ${show(shape)}`;
      return { shape: [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], dtype };
    }
    const order = params.axes;
    if (order.length !== shape.length || shape.some((_, axis) => !order.includes(axis)))
      return `transpose: ${show(order)} is not an order of all ${shape.length} axes of ${show(shape)}, 0 (batch) first`;
    if (order[0] !== 0) return `transpose: the batch axis must stay first, but the order is ${show(order)}`;
    return { shape: order.map((axis) => shape[axis]!), dtype };
  },
});

export interface Transpose<Axes> extends Op {
  readonly is: ["transpose", readonly [Axes]];
  readonly out: this["in"] extends Typed<infer S, infer D> ? Outcome<Transposed<S, Axes>, D> : never;
}
type Transposed<S extends Shape, Axes> =
  IsDynamicRank<S> extends true
    ? Dim[]
    : Axes extends readonly number[]
      ? number extends Axes["length"]
        ? Blur<S>
        : Ordered<S, Axes>
      : S extends readonly [
            infer Batch extends Dim,
            ...infer Leading extends Shape,
            infer A extends Dim,
            infer B extends Dim,
          ]
        ? [Batch, ...Leading, B, A]
        : `transpose needs two axes after the batch axis, but its input is ${Show<S>}`;
type Ordered<S extends Shape, Axes extends readonly number[]> = Axes["length"] extends S["length"]
  ? Covers<Axes> extends true
    ? Axes[0] extends 0
      ? Permuted<S, Axes>
      : number extends Axes[number]
        ? Blur<S>
        : `transpose: the batch axis must stay first, but the order is ${Show<Axes>}`
    : `transpose: ${Show<Axes>} is not an order of all ${S["length"]} axes of ${Show<S>}, 0 (batch) first`
  : `transpose: ${Show<Axes>} is not an order of all ${S["length"]} axes of ${Show<S>}, 0 (batch) first`;
/** As many numbers as axes that cover every axis are an order of them. */
type Covers<Axes extends readonly number[]> = number extends Axes[number]
  ? true
  : [Extract<keyof Axes, `${number}`>] extends [`${Axes[number]}`]
    ? true
    : false;
type Permuted<S extends Shape, Axes extends readonly number[]> = {
  -readonly [K in keyof Axes]: number extends Axes[K] ? Dim : S[Axes[K]];
} extends infer Out extends Shape
  ? Out
  : never;

export interface TransposeMethod {
  /**
   * The axes in another order.
   *
   * @param axes every axis once, the batch axis 0 first. Swaps the last two axes when left out.
   * @example x.transpose([0, 2, 1, 3]) // [batch, 128, 8, 64] -> [batch, 8, 128, 64]
   */
  transpose<Self, const Axes extends readonly number[] | null = null>(
    this: Axes extends null ? Fits<Self, Transpose<Axes>, Self> : Self,
    axes?: Fits<Self, Transpose<Axes>, Axes>,
  ): Then<Self, Transpose<Axes>>;
}
