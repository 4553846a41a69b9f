import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Typed } from "../../graph/tensor.ts";
import { type Broadcast, broadcast, type DType, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { DoNotMix, NeedsInt } from "../dtype.ts";
import { role } from "../role.ts";
import type { Joined, Operand } from "./pairwise.ts";

export const where = defineNode({
  name: "where",
  stem: "where",
  doc: "x where a condition is not 0, another tensor or a number elsewhere.",
  ports: [
    { name: "x", dtype: "any" },
    { name: "condition", dtype: "int" },
    { name: "other", dtype: "same", number: "value" },
  ],
  parameters: z.strictObject({
    /** In the place of the other tensor. */
    value: role.structure(z.number()).optional(),
  }),
  infer: ([x, condition, other], { value }) => {
    if (value !== undefined && x!.dtype === "int" && !Number.isInteger(value))
      return `where: ${value} is not a whole number, but its input is int`;
    const differ = (a: Shape, b: Shape) => `where: shapes do not broadcast: ${show(a)} and ${show(b)}`;
    const chosen = broadcast(x!.shape, condition!.shape);
    if (!chosen) return differ(x!.shape, condition!.shape);
    const shape = other ? broadcast(chosen, other.shape) : chosen;
    return shape ? { shape, dtype: x!.dtype } : differ(chosen, other!.shape);
  },
});

export interface Where<Condition extends AnyTensor, Other extends Operand> extends Op {
  readonly is: ["where", Condition, Other];
  readonly out: this["in"] extends Typed<infer A, infer D> ? WhereOut<A, D, Condition, Other> : never;
}
type WhereOut<A extends Shape, D extends DType, Condition, Other> =
  Condition extends Typed<infer B, infer D2>
    ? D2 extends "float"
      ? NeedsInt<"where">
      : OtherMixes<D, Other> extends true
        ? Broadcast<A, B> extends infer S
          ? S extends Shape
            ? Joined<S, D, Other, "where">
            : `where: shapes do not broadcast: ${Show<A>} and ${Show<B>}`
          : never
        : Other extends Typed<any, infer D3>
          ? DoNotMix<"where", D, D3>
          : never
    : never;
/** Dtypes are looked at before shapes. */
type OtherMixes<D, Other> = Other extends Typed<any, infer D3> ? (D extends D3 ? true : false) : true;

export interface WhereMethod {
  /**
   * This where the condition is not 0, the other elsewhere. All three broadcast.
   *
   * @param condition whole numbers, such as a comparison gives
   * @param other a tensor of this one's dtype, or a number
   * @example scores.where(mask, -1e9) // [batch, 8, 16, 16] and [batch, 1, 1, 16] -> [batch, 8, 16, 16]
   */
  where<Self, const Condition extends AnyTensor, const Other extends Operand>(
    this: Self,
    condition: Condition extends Typed<any, "float"> ? NeedsInt<"where"> : Condition,
    other: Fits<Self, Where<Condition, Other>, Other>,
  ): Then<Self, Where<Condition, Other>>;
}
