import type { Fits, Then } from "../../graph/op.ts";
import type { Padding } from "../window.ts";
import { type Pooling, type PoolingOptions, type PoolSizes, pooling } from "./pooling.ts";

export const avgPool = pooling(
  "avgPool",
  "avgPool",
  "The mean of each window: [batch, ..., channels], smaller between them.",
);

export interface AvgPool<Size, Stride, Pad> extends Pooling<"avgPool", Size, Stride, Pad> {}

export interface AvgPoolOptions<Stride, Pad extends Padding> extends PoolingOptions<Stride, Pad> {}

export interface AvgPoolMethod {
  /**
   * The mean of each window; with padding "SAME", of those of its values that lie in the input.
   *
   * It slides over the axes between batch and channels: one of a sequence, two of an image, three of a volume.
   *
   * @param window one number for all axes, or one for each
   * @example x.avgPool(2) // [batch, 28, 28, 32] -> [batch, 14, 14, 32], [batch, 100, 8] -> [batch, 50, 8]
   */
  avgPool<
    Self,
    const Size extends PoolSizes,
    const Stride extends PoolSizes = Size,
    const Pad extends Padding = "VALID",
  >(
    this: Self,
    window: Fits<Self, AvgPool<Size, Stride, Pad>, Size>,
    options?: AvgPoolOptions<Stride, Pad>,
  ): Then<Self, AvgPool<Size, Stride, Pad>>;
}
