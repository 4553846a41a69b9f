import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Padding, Sizes, Window } from "../window.ts";
import type { WrongUngrouped } from "./convolution.ts";
import { type TransposedOptions, type TransposedOut, transposed } from "./transposed.ts";

export const convTranspose2d = transposed({
  name: "convTranspose2d",
  stem: "upconv",
  doc: "Transposed convolution over images, which makes them larger: [batch, height, width, channels] -> [batch, height, width, filters].",
  rank: 4,
});

export interface ConvTranspose2d<Filters extends number, W extends AnyWindow> extends Op {
  readonly is: ["convTranspose2d", Filters, W];
  readonly out: TransposedOut<this["in"], "convTranspose2d", 4, Filters, W>;
  readonly wrong: WrongUngrouped<"convTranspose2d", Filters, W>;
}

export interface ConvTranspose2dOptions<Kernel, Stride, Pad, Dilation>
  extends TransposedOptions<Kernel, Stride, Pad, Dilation> {}

export interface ConvTranspose2dMethod {
  /**
   * Transposed convolution over images, which makes them larger by the stride: `[batch, height, width, channels]` ->
   * `[batch, height, width, filters]`. The kernel is laid out and turned as in `jax.lax.conv_transpose`.
   *
   * @param filters channels of the output
   * @example x.convTranspose2d(16, { kernel: 2, stride: 2 }) // [batch, 14, 14, 32] -> [batch, 28, 28, 16]
   */
  convTranspose2d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Pad extends Padding = "SAME",
    const Dilation extends Sizes = 1,
  >(
    this: Self,
    filters: Filters,
    options: ConvTranspose2dOptions<Kernel, Stride, Pad, Dilation> &
      Fits<Self, ConvTranspose2d<Filters, Window<Kernel, Stride, Pad, Dilation>>, unknown>,
  ): Then<Self, ConvTranspose2d<Filters, Window<Kernel, Stride, Pad, Dilation>>>;
}
