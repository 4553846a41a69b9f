import * as z from "zod";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type IsDynamicRank,
  type LessThan,
  lessThan,
  type Minus,
  minus,
  type Plus,
  plus,
  type Shape,
  type Times,
  times,
} from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { elements } from "../flops.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import {
  type AnyWindow,
  type Nth,
  type Padding,
  type Rank,
  type RankMisfit,
  type Reach,
  rankMisfit,
  reach,
} from "../window.ts";
import { type Family, type WindowOptions, windowOf } from "./convolution.ts";

const grown = (given: Dim, window: Dim, stride: Dim, padding: Padding): Dim => {
  const spread = stride === 1 ? given : times(given, stride);
  if (padding === "SAME") return spread;
  return plus(spread, lessThan(window, stride) ? 0 : minus(window, stride));
};

/** A kind of node in which every cell of the input adds a window of its own to the output. */
export const transposed = <Name extends string>({ name, stem, doc, rank }: Family<Name>) => {
  const window = windowOf(rank);
  return defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      filters: role.shape(size),
      ...window.parameters,
      padding: role.structure(z.enum(["SAME", "VALID"]).default("SAME")),
      useBias: role.structure(z.boolean().default(true)),
    }),
    positional: ["filters"],
    named: "maybe",
    normalise: ({ padding, ...given }) => ({ ...window.normalise(given), ...(padding !== undefined && { padding }) }),
    infer: ([x], { filters, kernel, stride, padding, dilation }) => {
      const { shape } = x!;
      const misfit = rankMisfit(shape, rank, name);
      if (misfit) return misfit;
      const out = shape
        .slice(1, -1)
        .map((given, axis) => grown(given, reach(kernel[axis]!, dilation[axis]!), stride[axis]!, padding));
      return { shape: [shape[0]!, ...out, filters], dtype: "float" };
    },
    weights: ([x], { filters, kernel, useBias }) => ({
      kernel: trainable(...kernel, x!.shape.at(-1)!, filters),
      ...(useBias && { bias: trainable(filters) }),
    }),
    flops: ([x], output, { filters, kernel, useBias }) =>
      2 * elements(x!.shape) * elements(kernel) * filters + (useBias ? elements(output.shape) : 0),
  });
};

/** What the rule of such a node gives. */
export type TransposedOut<T, Name extends string, R extends Rank, Filters extends number, W extends AnyWindow> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : RankMisfit<S, R, Name> extends infer Sentence
        ? Sentence[] extends never[]
          ? Grow<S, W, Filters>
          : Sentence
        : never
    : never;
type Grow<S extends Shape, W extends AnyWindow, Filters extends number> =
  IsDynamicRank<S> extends true
    ? Tensor<Dim[]>
    : S extends readonly [infer Batch extends Dim, ...infer Middle extends Shape, infer _]
      ? GrowDims<Middle, W> extends infer Out extends Shape
        ? Tensor<[Batch, ...Out, Filters]>
        : never
      : Tensor<Dim[]>;
type GrowDims<Dims extends Shape, W extends AnyWindow, Out extends readonly unknown[] = []> = Dims extends readonly [
  infer Size,
  ...infer Rest extends Shape,
]
  ? GrowDims<
      Rest,
      W,
      [
        ...Out,
        GrowDim<
          Size,
          Reach<Nth<W["kernel"], Out["length"]>, Nth<W["dilation"], Out["length"]>>,
          Nth<W["stride"], Out["length"]>,
          W["padding"]
        >,
      ]
    >
  : Out;
/** size * stride for SAME, size * stride + max(reach - stride, 0) for VALID. */
type GrowDim<Size, R, Stride, Pad> = Pad extends "VALID"
  ? Plus<Spread<Size, Stride>, LessThan<R, Stride> extends true ? 0 : Minus<R, Stride>>
  : Spread<Size, Stride>;
type Spread<Size, Stride> = Stride extends 1 ? Size : Times<Size, Stride>;

export interface TransposedOptions<Kernel, Stride, Pad, Dilation>
  extends Omit<WindowOptions<Kernel, Stride, Pad, Dilation>, "stride" | "padding"> {
  /** How far apart the windows of neighbouring cells are. @defaultValue 1 */
  readonly stride?: Stride;
  /**
   * "SAME" gives size * stride, "VALID" size * stride + max(window - stride, 0), as in Keras and JAX.
   *
   * @defaultValue "SAME"
   */
  readonly padding?: Pad;
}
