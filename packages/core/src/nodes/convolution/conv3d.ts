import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import { type ConvolutionOptions, type ConvolutionOut, convolution, type WrongConvolution } from "./convolution.ts";

export const conv3d = convolution({
  name: "conv3d",
  stem: "conv",
  doc: "Convolution over volumes: [batch, depth, height, width, channels] -> [batch, depth, height, width, filters].",
  rank: 5,
});

export interface Conv3d<Filters extends number, W extends AnyWindow, Groups = 1> extends Op {
  readonly is: ["conv3d", Filters, W, Groups];
  readonly out: ConvolutionOut<this["in"], "conv3d", 5, Filters, W, Groups>;
  readonly wrong: WrongConvolution<"conv3d", Filters, W, Groups>;
}

export interface Conv3dOptions<Kernel, Stride, Pad, Dilation, Groups>
  extends ConvolutionOptions<Kernel, Stride, Pad, Dilation, Groups> {}

export interface Conv3dMethod {
  /**
   * Convolution over volumes: `[batch, depth, height, width, channels]` -> `[batch, depth, height, width, filters]`.
   *
   * @param filters channels of the output
   * @example x.conv3d(8, { kernel: 3, stride: [1, 2, 2] }) // [batch, 16, 32, 32, 1] -> [batch, 16, 16, 16, 8]
   */
  conv3d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes<5>,
    const Stride extends Sizes<5> = 1,
    const Pad extends Paddings<5> = "SAME",
    const Dilation extends Sizes<5> = 1,
    const Groups extends number = 1,
  >(
    this: Self,
    filters: Filters,
    options: Conv3dOptions<Kernel, Stride, Pad, Dilation, Groups> &
      Fits<Self, Conv3d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>, unknown>,
  ): Then<Self, Conv3d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>>;
}
