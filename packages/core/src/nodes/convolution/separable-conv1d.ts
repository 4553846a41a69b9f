import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import type { ConvolutionOut, WrongUngrouped } from "./convolution.ts";
import { type SeparableOptions, separable } from "./separable.ts";

export const separableConv1d = separable({
  name: "separableConv1d",
  stem: "separable",
  doc: "A depthwise convolution over sequences, then one of single positions: [batch, time, channels] -> [batch, time, filters].",
  rank: 3,
});

export interface SeparableConv1d<Filters extends number, W extends AnyWindow> extends Op {
  readonly is: ["separableConv1d", Filters, W];
  readonly out: ConvolutionOut<this["in"], "separableConv1d", 3, Filters, W, 1>;
  readonly wrong: WrongUngrouped<"separableConv1d", Filters, W>;
}

export interface SeparableConv1dOptions<Kernel, Stride, Pad, Dilation>
  extends SeparableOptions<Kernel, Stride, Pad, Dilation> {}

export interface SeparableConv1dMethod {
  /**
   * A depthwise convolution over sequences without a bias, then one of single positions that mixes the channels, as in
   * Keras: `[batch, time, channels]` -> `[batch, time, filters]`.
   *
   * @param filters channels of the output
   * @example x.separableConv1d(32, { kernel: 5 }) // [batch, time, 8] -> [batch, time, 32]
   */
  separableConv1d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes<3>,
    const Stride extends Sizes<3> = 1,
    const Pad extends Paddings<3> | "CAUSAL" = "SAME",
    const Dilation extends Sizes<3> = 1,
  >(
    this: Self,
    filters: Filters,
    options: SeparableConv1dOptions<Kernel, Stride, Pad, Dilation> &
      Fits<Self, SeparableConv1d<Filters, Window<Kernel, Stride, Pad, Dilation>>, unknown>,
  ): Then<Self, SeparableConv1d<Filters, Window<Kernel, Stride, Pad, Dilation>>>;
}
