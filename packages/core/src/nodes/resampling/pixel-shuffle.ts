import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type Divides,
  divides,
  type IsDynamicRank,
  type Quotient,
  quotient,
  type Shape,
  type Show,
  type ShowDim,
  show,
  type Times,
  times,
} from "../../shapes/index.ts";
import type { FloatOutcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition } from "../definition.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { WrongSize } from "../wrong.ts";

const define = (
  name: string,
  doc: string,
  rule: (dims: readonly [Dim, Dim, Dim], factor: number, shown: string) => readonly Dim[] | string,
): NodeDefinition =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({ factor: role.structure(size) }),
    positional: ["factor"],
    infer: ([x], { factor }) => {
      const [batch, ...dims] = x!.shape;
      const shown = show(x!.shape);
      if (dims.length !== 3) return `${name} needs [batch, height, width, channels], but its input is ${shown}`;
      const out = rule(dims as unknown as readonly [Dim, Dim, Dim], factor, shown);
      return typeof out === "string" ? out : { shape: [batch!, ...out], dtype: "float" };
    },
  });

export const pixelShuffle = define(
  "pixelShuffle",
  "Channels become places: [batch, height, width, channels * factor^2] -> [batch, height * factor, width * factor, channels].",
  ([height, width, channels], factor, shown) =>
    divides(factor * factor, channels)
      ? [times(height, factor), times(width, factor), quotient(channels, factor * factor)]
      : `pixelShuffle: the square of ${factor} does not divide the channels of ${shown}`,
);

export const spaceToDepth = define(
  "spaceToDepth",
  "Places become channels: [batch, height, width, channels] -> [batch, height / factor, width / factor, channels * factor^2].",
  ([height, width, channels], factor, shown) =>
    divides(factor, height) && divides(factor, width)
      ? [quotient(height, factor), quotient(width, factor), times(channels, factor * factor)]
      : `spaceToDepth: ${factor} does not divide height and width of ${shown}`,
);

export interface PixelShuffle<F extends number> extends Op {
  readonly is: ["pixelShuffle", F];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"pixelShuffle">
      : FloatOutcome<Shuffled<S, F, Times<F, F>>>
    : never;
  readonly wrong: WrongSize<"pixelShuffle: factor", F>;
}
type Shuffled<S extends Shape, F, Square> =
  IsDynamicRank<S> extends true
    ? [Dim, Dim, Dim, Dim]
    : S extends readonly [infer Batch extends Dim, infer Height, infer Width, infer Channels]
      ? Divides<Square, Channels> extends true
        ? [Batch, Times<Height, F>, Times<Width, F>, Quotient<Channels, Square>]
        : `pixelShuffle: the square of ${ShowDim<F>} does not divide the channels of ${Show<S>}`
      : `pixelShuffle needs [batch, height, width, channels], but its input is ${Show<S>}`;

export interface SpaceToDepth<F extends number> extends Op {
  readonly is: ["spaceToDepth", F];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"spaceToDepth">
      : FloatOutcome<Deeper<S, F>>
    : never;
  readonly wrong: WrongSize<"spaceToDepth: factor", F>;
}
type Deeper<S extends Shape, F> =
  IsDynamicRank<S> extends true
    ? [Dim, Dim, Dim, Dim]
    : S extends readonly [infer Batch extends Dim, infer Height, infer Width, infer Channels]
      ? [Divides<F, Height>, Divides<F, Width>] extends [true, true]
        ? [Batch, Quotient<Height, F>, Quotient<Width, F>, Times<Channels, Times<F, F>>]
        : `spaceToDepth: ${ShowDim<F>} does not divide height and width of ${Show<S>}`
      : `spaceToDepth needs [batch, height, width, channels], but its input is ${Show<S>}`;

export interface PixelShuffleMethods {
  /**
   * Channels become places (Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution").
   *
   * Channel `c * factor^2 + i * factor + j` goes to row i and column j of its patch, in channel c: PyTorch's order.
   *
   * @param factor rows and columns that come of each; its square divides the channels
   * @example x.pixelShuffle(2) // [batch, 14, 14, 64] -> [batch, 28, 28, 16]
   */
  pixelShuffle<Self, const F extends number>(
    this: Self,
    factor: Fits<Self, PixelShuffle<F>, F>,
  ): Then<Self, PixelShuffle<F>>;
  /**
   * Places become channels: what `pixelShuffle` undoes.
   *
   * @param factor rows and columns of a patch; it divides height and width
   * @example x.spaceToDepth(2) // [batch, 28, 28, 16] -> [batch, 14, 14, 64]
   */
  spaceToDepth<Self, const F extends number>(
    this: Self,
    factor: Fits<Self, SpaceToDepth<F>, F>,
  ): Then<Self, SpaceToDepth<F>>;
}
