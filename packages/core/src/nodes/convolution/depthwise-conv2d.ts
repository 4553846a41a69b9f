import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import type { WrongDepthwise } from "./convolution.ts";
import { type DepthwiseOptions, type DepthwiseOut, depthwise } from "./depthwise.ts";

export const depthwiseConv2d = depthwise({
  name: "depthwiseConv2d",
  stem: "depthwise",
  doc: "Windows over images for every channel by itself: [batch, height, width, channels] -> [batch, height, width, channels * multiplier].",
  rank: 4,
});

export interface DepthwiseConv2d<W extends AnyWindow, Multiplier = 1> extends Op {
  readonly is: ["depthwiseConv2d", W, Multiplier];
  readonly out: DepthwiseOut<this["in"], "depthwiseConv2d", 4, W, Multiplier>;
  readonly wrong: WrongDepthwise<"depthwiseConv2d", W, Multiplier>;
}

export interface DepthwiseConv2dOptions<Kernel, Stride, Pad, Dilation, Multiplier>
  extends DepthwiseOptions<Kernel, Stride, Pad, Dilation, Multiplier> {}

export interface DepthwiseConv2dMethod {
  /**
   * Convolution over images of every channel by itself: `[batch, height, width, channels]` ->
   * `[batch, height, width, channels * multiplier]`; the outputs of one channel are neighbours.
   *
   * @example x.depthwiseConv2d({ kernel: 3, stride: 2 }) // [batch, 28, 28, 32] -> [batch, 14, 14, 32]
   */
  depthwiseConv2d<
    Self,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Pad extends Paddings = "SAME",
    const Dilation extends Sizes = 1,
    const Multiplier extends number = 1,
  >(
    this: Self,
    options: DepthwiseConv2dOptions<Kernel, Stride, Pad, Dilation, Multiplier> &
      Fits<Self, DepthwiseConv2d<Window<Kernel, Stride, Pad, Dilation>, Multiplier>, unknown>,
  ): Then<Self, DepthwiseConv2d<Window<Kernel, Stride, Pad, Dilation>, Multiplier>>;
}
