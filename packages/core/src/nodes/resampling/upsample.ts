import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type Dim, type IsDynamicRank, type Shape, type Show, show, type Times, times } from "../../shapes/index.ts";
import type { FloatOutcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { Fine, Items, Look, Plain, Told, WrongAxisSizes } from "../wrong.ts";

/** One number for every axis between batch and channels, or one for each. */
export type Factor = number | readonly number[];

export const upsample = defineNode({
  name: "upsample",
  stem: "upsample",
  doc: "More places along the axes between batch and channels, a whole number of times as many.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    factor: role.structure(
      z.union([size, z.array(size)], { error: "must be a whole number of at least 1, or one for each axis" }),
    ),
    method: role.structure(z.enum(["nearest", "bilinear"]).default("nearest")),
  }),
  positional: ["factor"],
  infer: ([x], { factor }) => {
    const { shape } = x!;
    if (shape.length < 3 || shape.length > 5)
      return `upsample needs 1 to 3 axes between batch and channels, but its input is ${show(shape)}`;
    const count = shape.length - 2;
    const factors = typeof factor === "number" ? Array.from({ length: count }, () => factor) : factor;
    if (factors.length !== count)
      return `upsample: its factor, ${show(factors)}, needs a number for each axis between batch and channels of ${show(shape)}`;
    const positions = shape.slice(1, -1).map((dim, i) => times(dim, factors[i]!));
    return { shape: [shape[0]!, ...positions, shape.at(-1)!], dtype: "float" };
  },
});

export interface Upsample<F extends Factor> extends Op {
  readonly is: ["upsample", F];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"upsample">
      : FloatOutcome<Upsampled<S, F>>
    : never;
  readonly wrong: Told<F, Look<Items<F>> extends Plain ? Fine : WrongAxisSizes<"upsample: factor", F>>;
}
type Upsampled<S extends Shape, F> =
  IsDynamicRank<S> extends true
    ? Dim[]
    : S["length"] extends 3 | 4 | 5
      ? S extends readonly [infer Batch extends Dim, ...infer Positions extends Shape, infer Channels extends Dim]
        ? F extends Shape
          ? number extends F["length"]
            ? Dim[]
            : F["length"] extends Positions["length"]
              ? [Batch, ...Larger<Positions, F>, Channels]
              : `upsample: its factor, ${Show<F>}, needs a number for each axis between batch and channels of ${Show<S>}`
          : [Batch, ...Larger<Positions, F>, Channels]
        : never
      : `upsample needs 1 to 3 axes between batch and channels, but its input is ${Show<S>}`;
type Larger<Positions extends Shape, F, Out extends Shape = []> = Positions extends readonly [
  infer D,
  ...infer Rest extends Shape,
]
  ? Larger<Rest, F, [...Out, Times<D, F extends readonly unknown[] ? F[Out["length"]] : F>]>
  : Out;

export interface UpsampleOptions {
  /**
   * "nearest" repeats every value, "bilinear" draws straight lines between the centres of neighbours (along one, two
   * or three axes) and keeps the edges, as `jax.image.resize` does. @defaultValue "nearest"
   */
  readonly method?: "nearest" | "bilinear";
}

export interface UpsampleMethod {
  /**
   * More places along the axes between batch and channels.
   *
   * @param factor how many times as many: one number, or one for each of those axes
   * @example x.upsample(2) // [batch, 14, 14, 64] -> [batch, 28, 28, 64]
   */
  upsample<Self, const F extends Factor>(
    this: Self,
    factor: Fits<Self, Upsample<F>, F>,
    options?: UpsampleOptions,
  ): Then<Self, Upsample<F>>;
}
