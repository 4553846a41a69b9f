import type { Fits, Then } from "../../graph/op.ts";
import type { Padding, Sizes } from "../window.ts";
import { type Pooling, type PoolingOptions, pooling } from "./pooling.ts";

export const maxPool = pooling(
  "maxPool",
  "pool",
  "The largest value of each window: [batch, height, width, channels], smaller in height and width.",
);

export interface MaxPool<Size, Stride, Pad> extends Pooling<"maxPool", Size, Stride, Pad> {}

export interface MaxPoolOptions<Stride, Pad> extends PoolingOptions<Stride, Pad> {}

export interface MaxPoolMethod {
  /**
   * The largest value of each window.
   *
   * @param window height and width; one number for both
   * @example x.maxPool(2) // [batch, 28, 28, 32] -> [batch, 14, 14, 32]
   */
  maxPool<Self, const Size extends Sizes, const Stride extends Sizes = Size, const Pad extends Padding = "VALID">(
    this: Self,
    window: Fits<Self, MaxPool<Size, Stride, Pad>, Size>,
    options?: MaxPoolOptions<Stride, Pad>,
  ): Then<Self, MaxPool<Size, Stride, Pad>>;
}
