import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Padding, Sizes, Window } from "../window.ts";
import type { WrongUngrouped } from "./convolution.ts";
import { type TransposedOptions, type TransposedOut, transposed } from "./transposed.ts";

export const convTranspose1d = transposed({
  name: "convTranspose1d",
  stem: "upconv",
  doc: "Transposed convolution over sequences, which makes them larger: [batch, time, channels] -> [batch, time, filters].",
  rank: 3,
});

export interface ConvTranspose1d<Filters extends number, W extends AnyWindow> extends Op {
  readonly is: ["convTranspose1d", Filters, W];
  readonly out: TransposedOut<this["in"], "convTranspose1d", 3, Filters, W>;
  readonly wrong: WrongUngrouped<"convTranspose1d", Filters, W>;
}

export interface ConvTranspose1dOptions<Kernel, Stride, Pad, Dilation>
  extends TransposedOptions<Kernel, Stride, Pad, Dilation> {}

export interface ConvTranspose1dMethod {
  /**
   * Transposed convolution over sequences, which makes them larger by the stride: `[batch, time, channels]` ->
   * `[batch, time, filters]`. The kernel is laid out and turned as in `jax.lax.conv_transpose`.
   *
   * @param filters channels of the output
   * @example x.convTranspose1d(16, { kernel: 4, stride: 2 }) // [batch, 50, 32] -> [batch, 100, 16]
   */
  convTranspose1d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes<3>,
    const Stride extends Sizes<3> = 1,
    const Pad extends Padding = "SAME",
    const Dilation extends Sizes<3> = 1,
  >(
    this: Self,
    filters: Filters,
    options: ConvTranspose1dOptions<Kernel, Stride, Pad, Dilation> &
      Fits<Self, ConvTranspose1d<Filters, Window<Kernel, Stride, Pad, Dilation>>, unknown>,
  ): Then<Self, ConvTranspose1d<Filters, Window<Kernel, Stride, Pad, Dilation>>>;
}
