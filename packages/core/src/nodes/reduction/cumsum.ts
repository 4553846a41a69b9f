import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type InnerAxis, innerAxis, type Shape } from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";

export const cumsum = defineNode({
  name: "cumsum",
  stem: "cumsum",
  doc: "The sum of what stands up to each place along an axis.",
  ports: [{ name: "x", dtype: "any" }],
  parameters: z.strictObject({ axis: axis.default(-1) }),
  positional: ["axis"],
  infer: ([x], params) => {
    const at = innerAxis(x!.shape, params.axis, "cumsum");
    return typeof at === "string" ? at : x!;
  },
});

export interface Cumsum<Axis extends number> extends Op {
  readonly is: ["cumsum", readonly [Axis]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Outcome<Summed<S, InnerAxis<S, Axis, "cumsum">>, D>
    : never;
}
type Summed<S extends Shape, At> = At extends string ? At : S;

export interface CumsumMethod {
  /**
   * The sum of what stands up to each place along an axis. The shape stays.
   *
   * @param axis the batch axis is 0, which cannot be summed. The last when left out.
   */
  cumsum<Self, const Axis extends number = -1>(
    this: Fits<Self, Cumsum<Axis>, Self>,
    axis?: Axis,
  ): Then<Self, Cumsum<Axis>>;
}
