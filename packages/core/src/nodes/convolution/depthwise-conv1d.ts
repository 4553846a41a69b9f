import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import type { WrongDepthwise } from "./convolution.ts";
import { type DepthwiseOptions, type DepthwiseOut, depthwise } from "./depthwise.ts";

export const depthwiseConv1d = depthwise({
  name: "depthwiseConv1d",
  stem: "depthwise",
  doc: "Windows over sequences for every channel by itself: [batch, time, channels] -> [batch, time, channels * multiplier].",
  rank: 3,
});

export interface DepthwiseConv1d<W extends AnyWindow, Multiplier = 1> extends Op {
  readonly is: ["depthwiseConv1d", W, Multiplier];
  readonly out: DepthwiseOut<this["in"], "depthwiseConv1d", 3, W, Multiplier>;
  readonly wrong: WrongDepthwise<"depthwiseConv1d", W, Multiplier>;
}

export interface DepthwiseConv1dOptions<Kernel, Stride, Pad, Dilation, Multiplier>
  extends DepthwiseOptions<Kernel, Stride, Pad, Dilation, Multiplier> {}

export interface DepthwiseConv1dMethod {
  /**
   * Convolution over sequences of every channel by itself: `[batch, time, channels]` ->
   * `[batch, time, channels * multiplier]`; the outputs of one channel are neighbours.
   *
   * @example x.depthwiseConv1d({ kernel: 5, multiplier: 2 }) // [batch, time, 8] -> [batch, time, 16]
   */
  depthwiseConv1d<
    Self,
    const Kernel extends Sizes<3>,
    const Stride extends Sizes<3> = 1,
    const Pad extends Paddings<3> | "CAUSAL" = "SAME",
    const Dilation extends Sizes<3> = 1,
    const Multiplier extends number = 1,
  >(
    this: Self,
    options: DepthwiseConv1dOptions<Kernel, Stride, Pad, Dilation, Multiplier> &
      Fits<Self, DepthwiseConv1d<Window<Kernel, Stride, Pad, Dilation>, Multiplier>, unknown>,
  ): Then<Self, DepthwiseConv1d<Window<Kernel, Stride, Pad, Dilation>, Multiplier>>;
}
