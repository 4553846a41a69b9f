import type { Fits, Then } from "../../graph/op.ts";
import type { Padding, Sizes } from "../window.ts";
import { type Pooling, type PoolingOptions, pooling } from "./pooling.ts";

export const avgPool = pooling(
  "avgPool",
  "avgPool",
  "The mean of each window: [batch, height, width, channels], smaller in height and width.",
);

export interface AvgPool<Size, Stride, Pad> extends Pooling<"avgPool", Size, Stride, Pad> {}

export interface AvgPoolOptions<Stride, Pad> extends PoolingOptions<Stride, Pad> {}

export interface AvgPoolMethod {
  /**
   * The mean of each window; with padding "SAME", of those of its values that lie in the image.
   *
   * @param window height and width; one number for both
   * @example x.avgPool(2) // [batch, 28, 28, 32] -> [batch, 14, 14, 32]
   */
  avgPool<Self, const Size extends Sizes, const Stride extends Sizes = Size, const Pad extends Padding = "VALID">(
    this: Self,
    window: Fits<Self, AvgPool<Size, Stride, Pad>, Size>,
    options?: AvgPoolOptions<Stride, Pad>,
  ): Then<Self, AvgPool<Size, Stride, Pad>>;
}
