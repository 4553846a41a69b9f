import type { Fits, Then } from "../../graph/op.ts";
import { type FloatPairwise, type Operand, type Pairwise, pairwise } from "./pairwise.ts";

const rule = "of one dtype and rank, axes of size 1 stretch; or with a number.";

export const subtract = pairwise({ name: "subtract", doc: `The difference of two tensors ${rule}` });
export const multiply = pairwise({ name: "multiply", doc: `The product, value by value, of two tensors ${rule}` });
export const divide = pairwise({
  name: "divide",
  doc: `The quotient of two tensors of floats ${rule}`,
  dtype: "float",
});
export const maximum = pairwise({ name: "maximum", doc: `The larger value of two tensors ${rule}` });
export const minimum = pairwise({ name: "minimum", doc: `The smaller value of two tensors ${rule}` });

export interface Subtract<Other extends Operand> extends Pairwise<"subtract", Other> {}
export interface Multiply<Other extends Operand> extends Pairwise<"multiply", Other> {}
export interface Divide<Other extends Operand> extends FloatPairwise<"divide", Other> {}
export interface Maximum<Other extends Operand> extends Pairwise<"maximum", Other> {}
export interface Minimum<Other extends Operand> extends Pairwise<"minimum", Other> {}

/** Each takes a tensor of the same dtype and rank (axes of size 1 stretch, as in NumPy), or a number. */
export interface ArithmeticMethods {
  /**
   * This minus another tensor of the same dtype and rank, or minus a number.
   *
   * @example x.subtract(x.mean(-1, { keepDims: true })) // [batch, 16, 64]: every vector has mean 0
   */
  subtract<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Subtract<Other>, Other>,
  ): Then<Self, Subtract<Other>>;
  /**
   * The product, value by value, with another tensor of the same dtype and rank, or with a number.
   *
   * @example x.multiply(gate) // [batch, 7, 7, 64] and [batch, 1, 1, 64] -> [batch, 7, 7, 64]
   * @example x.multiply(0.5)
   */
  multiply<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Multiply<Other>, Other>,
  ): Then<Self, Multiply<Other>>;
  /** This over another tensor of floats of the same rank, or over a number. What is divided by 0 is infinite. */
  divide<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Divide<Other>, Other>,
  ): Then<Self, Divide<Other>>;
  /** The larger of two values, place by place; the gradient goes to it, half each where they are equal. */
  maximum<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Maximum<Other>, Other>,
  ): Then<Self, Maximum<Other>>;
  /** The smaller of two values, place by place; the gradient goes to it, half each where they are equal. */
  minimum<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Minimum<Other>, Other>,
  ): Then<Self, Minimum<Other>>;
}
