import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type Dim, type IsDynamicRank, type Shape, type Show, show } from "../../shapes/index.ts";
import type { Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { WrongSize } from "../wrong.ts";

export const repeatVector = defineNode({
  name: "repeatVector",
  stem: "repeatVector",
  doc: "The same vector at every place of a new axis: [batch, features] -> [batch, times, features].",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({ times: role.structure(size) }),
  positional: ["times"],
  infer: ([x], { times }) => {
    const { shape, dtype } = x!;
    if (shape.length !== 2) return `repeatVector needs [batch, features], but its input is ${show(shape)}`;
    return { shape: [shape[0]!, times, shape[1]!], dtype };
  },
});

export interface RepeatVector<Times extends number> extends Op {
  readonly is: ["repeatVector", Times];
  readonly out: this["in"] extends Typed<infer S, infer D> ? Outcome<Repeated<S, Times>, D> : never;
  readonly wrong: WrongSize<"repeatVector: times", Times>;
}
type Repeated<S extends Shape, Times extends number> =
  IsDynamicRank<S> extends true
    ? [Dim, Times, Dim]
    : S extends readonly [infer Batch extends Dim, infer Features extends Dim]
      ? [Batch, Times, Features]
      : `repeatVector needs [batch, features], but its input is ${Show<S>}`;

export interface RepeatVectorMethod {
  /**
   * The same vector at every place of a new axis, for a recurrent layer that makes a sequence of it.
   *
   * @param times size of the new axis
   * @example x.repeatVector(16) // [batch, 64] -> [batch, 16, 64]
   */
  repeatVector<Self, const Times extends number>(
    this: Self,
    times: Fits<Self, RepeatVector<Times>, Times>,
  ): Then<Self, RepeatVector<Times>>;
}
