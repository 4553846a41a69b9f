import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Typed } from "../../graph/tensor.ts";
import {
  type Blur,
  type Dim,
  type InsertAt,
  insertAt,
  type NewAxis,
  newAxis,
  type Plus,
  type SameShape,
  type Shape,
  type Show,
  sameShape,
  show,
} from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { Listed, Mixed } from "./concat.ts";

export const stack = defineNode({
  name: "stack",
  stem: "stack",
  doc: "Tensors of one shape one after another along a new axis.",
  ports: [
    { name: "x", dtype: "any", passes: true },
    { name: "others", dtype: "same", many: true, passes: true },
  ],
  parameters: z.strictObject({ axis: axis.default(1) }),
  infer: ([x, ...others], params) => {
    const { shape, dtype } = x!;
    const at = newAxis(shape, params.axis, "stack");
    if (typeof at === "string") return at;
    const misfit = others.find((other) => !sameShape(shape, other.shape));
    if (misfit) return `stack: shapes must match: ${show(shape)} and ${show(misfit.shape)}`;
    return { shape: insertAt(shape, at, others.length + 1), dtype };
  },
});

export interface Stack<Others extends readonly unknown[], Axis> extends Op {
  readonly is: ["stack", Others, readonly [Axis]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Mixed<D, Others, "stack"> extends infer Misfit
      ? Misfit[] extends never[]
        ? Outcome<Stacked<S, Others, NewAxis<S, Axis, "stack">>, D>
        : Misfit
      : never
    : never;
}
type Stacked<S extends Shape, Others extends readonly unknown[], At> = At extends string
  ? At
  : Different<S, Others> extends infer Misfit
    ? Misfit[] extends never[]
      ? number extends At
        ? InsertAt<Blur<S>, 0, Dim>
        : InsertAt<S, At, Plus<Others["length"], 1>>
      : Misfit
    : never;
/** The sentence for the first tensor of another shape, else `never`. */
type Different<S extends Shape, Others> = Others extends readonly [Typed<infer S2>, ...infer Rest]
  ? SameShape<S, S2> extends true
    ? Different<S, Rest>
    : `stack: shapes must match: ${Show<S>} and ${Show<S2>}`
  : never;

export interface StackOptions<Axis> {
  /** The place of the new axis in the result; negative from the end. @defaultValue 1 */
  readonly axis?: Axis;
}

export interface StackMethod {
  /**
   * This tensor and others of its shape, one after another along a new axis.
   *
   * @param others one tensor or a list of them
   * @example x.stack([y, z]) // three of [batch, 64] -> [batch, 3, 64]
   */
  stack<Self, const Others extends AnyTensor | readonly AnyTensor[], const Axis extends number = 1>(
    this: Self,
    others: Fits<Self, Stack<Listed<Others>, Axis>, Others>,
    options?: StackOptions<Axis>,
  ): Then<Self, Stack<Listed<Others>, Axis>>;
}
