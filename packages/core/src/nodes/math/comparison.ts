import type { Fits, Then } from "../../graph/op.ts";
import { type IntPairwise, type Operand, pairwise } from "./pairwise.ts";

const define = (name: string, what: string) =>
  pairwise({ name, gives: "int", doc: `1 where x ${what} another tensor or a number, 0 elsewhere.` });

export const equal = define("equal", "equals");
export const notEqual = define("notEqual", "differs from");
export const greater = define("greater", "is above");
export const greaterEqual = define("greaterEqual", "is not below");
export const less = define("less", "is below");
export const lessEqual = define("lessEqual", "is not above");

export interface EqualTo<Other extends Operand> extends IntPairwise<"equal", Other> {}
export interface NotEqual<Other extends Operand> extends IntPairwise<"notEqual", Other> {}
export interface Greater<Other extends Operand> extends IntPairwise<"greater", Other> {}
export interface GreaterEqual<Other extends Operand> extends IntPairwise<"greaterEqual", Other> {}
export interface Less<Other extends Operand> extends IntPairwise<"less", Other> {}
export interface LessEqual<Other extends Operand> extends IntPairwise<"lessEqual", Other> {}

/** Each compares with a tensor of the same dtype and rank, or with a number, and gives whole numbers: 1 or 0. */
export interface ComparisonMethods {
  /** 1 where both are equal, 0 elsewhere: an IntTensor. */
  equal<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, EqualTo<Other>, Other>,
  ): Then<Self, EqualTo<Other>>;
  /** 1 where they differ, 0 elsewhere: an IntTensor. */
  notEqual<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, NotEqual<Other>, Other>,
  ): Then<Self, NotEqual<Other>>;
  /**
   * 1 where this is above the other, 0 elsewhere: an IntTensor.
   *
   * @example ids.greater(0) // [batch, time]: the mask of what is not padding
   */
  greater<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, Greater<Other>, Other>,
  ): Then<Self, Greater<Other>>;
  /** 1 where this is above the other or equal, 0 elsewhere: an IntTensor. */
  greaterEqual<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, GreaterEqual<Other>, Other>,
  ): Then<Self, GreaterEqual<Other>>;
  /** 1 where this is below the other, 0 elsewhere: an IntTensor. */
  less<Self, const Other extends Operand>(this: Self, other: Fits<Self, Less<Other>, Other>): Then<Self, Less<Other>>;
  /** 1 where this is below the other or equal, 0 elsewhere: an IntTensor. */
  lessEqual<Self, const Other extends Operand>(
    this: Self,
    other: Fits<Self, LessEqual<Other>, Other>,
  ): Then<Self, LessEqual<Other>>;
}
