import type { Fits, Then } from "../../graph/op.ts";
import type { Padding } from "../window.ts";
import { type Pooling, type PoolingOptions, type PoolSizes, pooling } from "./pooling.ts";

export const minPool = pooling(
  "minPool",
  "minPool",
  "The smallest value of each window: [batch, ..., channels], smaller between them.",
);

export interface MinPool<Size, Stride, Pad> extends Pooling<"minPool", Size, Stride, Pad> {}

export interface MinPoolOptions<Stride, Pad extends Padding> extends PoolingOptions<Stride, Pad> {}

export interface MinPoolMethod {
  /**
   * The smallest value of each window.
   *
   * It slides over the axes between batch and channels: one of a sequence, two of an image, three of a volume.
   *
   * @param window one number for all axes, or one for each
   * @example x.minPool(2) // [batch, 28, 28, 32] -> [batch, 14, 14, 32], [batch, 100, 8] -> [batch, 50, 8]
   */
  minPool<
    Self,
    const Size extends PoolSizes,
    const Stride extends PoolSizes = Size,
    const Pad extends Padding = "VALID",
  >(
    this: Self,
    window: Fits<Self, MinPool<Size, Stride, Pad>, Size>,
    options?: MinPoolOptions<Stride, Pad>,
  ): Then<Self, MinPool<Size, Stride, Pad>>;
}
