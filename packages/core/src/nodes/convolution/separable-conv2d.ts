import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import type { ConvolutionOut, WrongUngrouped } from "./convolution.ts";
import { type SeparableOptions, separable } from "./separable.ts";

export const separableConv2d = separable({
  name: "separableConv2d",
  stem: "separable",
  doc: "A depthwise convolution over images, then one of single positions: [batch, height, width, channels] -> [batch, height, width, filters].",
  rank: 4,
});

export interface SeparableConv2d<Filters extends number, W extends AnyWindow> extends Op {
  readonly is: ["separableConv2d", Filters, W];
  readonly out: ConvolutionOut<this["in"], "separableConv2d", 4, Filters, W, 1>;
  readonly wrong: WrongUngrouped<"separableConv2d", Filters, W>;
}

export interface SeparableConv2dOptions<Kernel, Stride, Pad, Dilation>
  extends SeparableOptions<Kernel, Stride, Pad, Dilation> {}

export interface SeparableConv2dMethod {
  /**
   * A depthwise convolution over images without a bias, then one of single positions that mixes the channels, as in
   * Keras: `[batch, height, width, channels]` -> `[batch, height, width, filters]`.
   *
   * @param filters channels of the output
   * @example x.separableConv2d(64, { kernel: 3, stride: 2 }) // [batch, 28, 28, 32] -> [batch, 14, 14, 64]
   */
  separableConv2d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Pad extends Paddings = "SAME",
    const Dilation extends Sizes = 1,
  >(
    this: Self,
    filters: Filters,
    options: SeparableConv2dOptions<Kernel, Stride, Pad, Dilation> &
      Fits<Self, SeparableConv2d<Filters, Window<Kernel, Stride, Pad, Dilation>>, unknown>,
  ): Then<Self, SeparableConv2d<Filters, Window<Kernel, Stride, Pad, Dilation>>>;
}
