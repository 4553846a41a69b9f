import { z } from "zod";
import type { Fits, Op, Then } from "../graph/op.ts";
import type { Typed } from "../graph/tensor.ts";
import type { Channels } from "../shapes/index.ts";
import { defineNode } from "./define-node.ts";
import type { NeedsFloat } from "./dtype.ts";
import { role } from "./role.ts";
import { bothAxes, padding, sizePair } from "./schemas.ts";
import { type ImageMisfit, imageMisfit, type Padding, type Sizes, type Slide, slide, type Window } from "./window.ts";

export const maxPool = defineNode({
  name: "maxPool",
  stem: "pool",
  doc: "The largest value of each window: [batch, height, width, channels], smaller in height and width.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    window: role.structure(sizePair),
    stride: role.structure(sizePair),
    padding: role.structure(padding.default("VALID")),
  }),
  positional: ["window"],
  normalise: ({ window, stride = window, ...given }) => ({
    ...given,
    window: bothAxes(window),
    stride: bothAxes(stride),
  }),
  infer: ([x], { window, stride, padding }) => {
    const { shape } = x!;
    const misfit = imageMisfit(shape, "maxPool");
    if (misfit) return misfit;
    const out = slide(shape, { kernel: window, stride, padding, dilation: [1, 1] }, shape[3]!, "maxPool");
    return typeof out === "string" ? out : { shape: out, dtype: "float" };
  },
});

export interface MaxPool<Size, Stride, Pad> extends Op {
  readonly is: ["maxPool", Size, Stride, Pad];
  readonly out: MaxPoolOut<this["in"], Size, Stride, Pad>;
}
type MaxPoolOut<T, Size, Stride, Pad> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"maxPool">
      : ImageMisfit<S, "maxPool"> extends infer Misfit
        ? Misfit[] extends never[]
          ? Slide<S, Window<Size, Stride, Pad>, Channels<S>, "maxPool">
          : Misfit
        : never
    : never;

export interface MaxPoolOptions<Stride, Pad> {
  /** Steps of the window. @defaultValue the window */
  readonly stride?: Stride;
  /** "VALID" leaves out what no whole window covers. @defaultValue "VALID" */
  readonly padding?: Pad;
}

export interface MaxPoolMethod {
  /**
   * The largest value of each window.
   *
   * @param window height and width; one number for both
   * @example x.maxPool(2) // [batch, 28, 28, 32] -> [batch, 14, 14, 32]
   */
  maxPool<Self, const Size extends Sizes, const Stride extends Sizes = Size, const Pad extends Padding = "VALID">(
    this: Self,
    window: Fits<Self, MaxPool<Size, Stride, Pad>, Size>,
    options?: MaxPoolOptions<Stride, Pad>,
  ): Then<Self, MaxPool<Size, Stride, Pad>>;
}
