import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Paddings, Sizes, Window } from "../window.ts";
import { type ConvolutionOptions, type ConvolutionOut, convolution, type WrongConvolution } from "./convolution.ts";

export const conv1d = convolution({
  name: "conv1d",
  stem: "conv",
  doc: "Convolution over sequences: [batch, time, channels] -> [batch, time, filters].",
  rank: 3,
});

export interface Conv1d<Filters extends number, W extends AnyWindow, Groups = 1> extends Op {
  readonly is: ["conv1d", Filters, W, Groups];
  readonly out: ConvolutionOut<this["in"], "conv1d", 3, Filters, W, Groups>;
  readonly wrong: WrongConvolution<"conv1d", Filters, W, Groups>;
}

/** Padding "CAUSAL" pads before the first position only: no output sees a later one. */
export interface Conv1dOptions<Kernel, Stride, Pad, Dilation, Groups>
  extends ConvolutionOptions<Kernel, Stride, Pad, Dilation, Groups> {}

export interface Conv1dMethod {
  /**
   * Convolution over sequences: `[batch, time, channels]` -> `[batch, time, filters]`.
   *
   * Padding "CAUSAL" pads before the first position only, so that no output sees a later one.
   *
   * @param filters channels of the output
   * @example x.conv1d(32, { kernel: 3, padding: "CAUSAL", dilation: 2 }) // [batch, time, 8] -> [batch, time, 32]
   */
  conv1d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes<3>,
    const Stride extends Sizes<3> = 1,
    const Pad extends Paddings<3> | "CAUSAL" = "SAME",
    const Dilation extends Sizes<3> = 1,
    const Groups extends number = 1,
  >(
    this: Self,
    filters: Filters,
    options: Conv1dOptions<Kernel, Stride, Pad, Dilation, Groups> &
      Fits<Self, Conv1d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>, unknown>,
  ): Then<Self, Conv1d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>>;
}
