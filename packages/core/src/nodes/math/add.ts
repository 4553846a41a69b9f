import type { Fits, Then } from "../../graph/op.ts";
import { type Operand, type Pairwise, pairwise } from "./pairwise.ts";

export const add = pairwise({
  name: "add",
  doc: "The sum of two tensors of one dtype and rank, axes of size 1 stretch, as in NumPy; or with a number.",
});

export interface Add<Other extends Operand> extends Pairwise<"add", Other> {}

export interface AddMethod {
  /**
   * The sum with another tensor of the same dtype and rank, or with a number.
   *
   * Axes of size 1 stretch, as in NumPy.
   *
   * @example x.add(y) // [batch, 7, 7, 64] and [batch, 1, 1, 64] -> [batch, 7, 7, 64]
   */
  add<Self, const Other extends Operand>(this: Self, other: Fits<Self, Add<Other>, Other>): Then<Self, Add<Other>>;
}
