import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import { type ConvolutionOptions, type ConvolutionOut, convolution, type WrongConvolution } from "./convolution.ts";

export const conv2d = convolution({
  name: "conv2d",
  stem: "conv",
  doc: "Convolution over images: [batch, height, width, channels] -> [batch, height, width, filters].",
  rank: 4,
});

export interface Conv2d<Filters extends number, W extends AnyWindow, Groups = 1> extends Op {
  readonly is: ["conv2d", Filters, W, Groups];
  readonly out: ConvolutionOut<this["in"], "conv2d", 4, Filters, W, Groups>;
  readonly wrong: WrongConvolution<"conv2d", Filters, W, Groups>;
}

export interface Conv2dOptions<Kernel, Stride, Pad, Dilation, Groups>
  extends ConvolutionOptions<Kernel, Stride, Pad, Dilation, Groups> {}

export interface Conv2dMethod {
  /**
   * Convolution over images: `[batch, height, width, channels]` -> `[batch, height, width, filters]`.
   *
   * @param filters channels of the output
   * @example x.conv2d(32, { kernel: 3, stride: 2 }) // [batch, 28, 28, 1] -> [batch, 14, 14, 32]
   */
  conv2d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Pad extends Paddings = "SAME",
    const Dilation extends Sizes = 1,
    const Groups extends number = 1,
  >(
    this: Self,
    filters: Filters,
    options: Conv2dOptions<Kernel, Stride, Pad, Dilation, Groups> &
      Fits<Self, Conv2d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>, unknown>,
  ): Then<Self, Conv2d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>>;
}
