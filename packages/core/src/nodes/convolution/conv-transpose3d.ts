import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyWindow, Padding, Sizes, Window } from "../window.ts";
import type { WrongUngrouped } from "./convolution.ts";
import { type TransposedOptions, type TransposedOut, transposed } from "./transposed.ts";

export const convTranspose3d = transposed({
  name: "convTranspose3d",
  stem: "upconv",
  doc: "Transposed convolution over volumes, which makes them larger: [batch, depth, height, width, channels] -> [batch, depth, height, width, filters].",
  rank: 5,
});

export interface ConvTranspose3d<Filters extends number, W extends AnyWindow> extends Op {
  readonly is: ["convTranspose3d", Filters, W];
  readonly out: TransposedOut<this["in"], "convTranspose3d", 5, Filters, W>;
  readonly wrong: WrongUngrouped<"convTranspose3d", Filters, W>;
}

export interface ConvTranspose3dOptions<Kernel, Stride, Pad, Dilation>
  extends TransposedOptions<Kernel, Stride, Pad, Dilation> {}

export interface ConvTranspose3dMethod {
  /**
   * Transposed convolution over volumes, which makes them larger by the stride: `[batch, depth, height, width, channels]` ->
   * `[batch, depth, height, width, filters]`. The kernel is laid out and turned as in `jax.lax.conv_transpose`.
   *
   * @param filters channels of the output
   * @example x.convTranspose3d(4, { kernel: 2, stride: 2 }) // [batch, 4, 8, 8, 16] -> [batch, 8, 16, 16, 4]
   */
  convTranspose3d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes<5>,
    const Stride extends Sizes<5> = 1,
    const Pad extends Padding = "SAME",
    const Dilation extends Sizes<5> = 1,
  >(
    this: Self,
    filters: Filters,
    options: ConvTranspose3dOptions<Kernel, Stride, Pad, Dilation> &
      Fits<Self, ConvTranspose3d<Filters, Window<Kernel, Stride, Pad, Dilation>>, unknown>,
  ): Then<Self, ConvTranspose3d<Filters, Window<Kernel, Stride, Pad, Dilation>>>;
}
