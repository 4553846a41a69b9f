import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type InnerAxis,
  type InsertAt,
  innerAxis,
  insertAt,
  type NewAxis,
  newAxis,
  type RemoveAt,
  removeAt,
  type SameDim,
  type Shape,
  type Show,
  type ShowDim,
  sameDim,
  show,
} from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";

export const expandDims = defineNode({
  name: "expandDims",
  stem: "expand",
  doc: "One more axis, of size 1.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({ axis }),
  positional: ["axis"],
  infer: ([x], params) => {
    const at = newAxis(x!.shape, params.axis, "expandDims");
    return typeof at === "string" ? at : { shape: insertAt(x!.shape, at, 1), dtype: x!.dtype };
  },
});

export const squeeze = defineNode({
  name: "squeeze",
  stem: "squeeze",
  doc: "Without an axis of size 1.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({ axis }),
  positional: ["axis"],
  infer: ([x], params) => {
    const { shape, dtype } = x!;
    const at = innerAxis(shape, params.axis, "squeeze");
    if (typeof at === "string") return at;
    if (!sameDim(shape[at]!, 1)) return `squeeze: axis ${at} of ${show(shape)} is not of size 1`;
    return { shape: removeAt(shape, at), dtype };
  },
});

export interface ExpandDims<Axis extends number> extends Op {
  readonly is: ["expandDims", Axis];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Outcome<Expanded<S, NewAxis<S, Axis, "expandDims">>, D>
    : never;
}
type Expanded<S extends Shape, At> = At extends string ? At : number extends At ? Dim[] : InsertAt<S, At, 1>;

export interface Squeeze<Axis extends number> extends Op {
  readonly is: ["squeeze", Axis];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Outcome<Squeezed<S, InnerAxis<S, Axis, "squeeze">>, D>
    : never;
}
type Squeezed<S extends Shape, At> = At extends string
  ? At
  : number extends At
    ? Dim[]
    : SameDim<S[At & number], 1> extends true
      ? RemoveAt<S, At>
      : `squeeze: axis ${ShowDim<At>} of ${Show<S>} is not of size 1`;

export interface ExpandDimsMethods {
  /**
   * One more axis, of size 1.
   *
   * @param axis its place in the result; negative from the end
   * @example mask.expandDims(-1) // [batch, time] -> [batch, time, 1]
   */
  expandDims<Self, const Axis extends number>(
    this: Self,
    axis: Fits<Self, ExpandDims<Axis>, Axis>,
  ): Then<Self, ExpandDims<Axis>>;
  /**
   * Without an axis of size 1.
   *
   * @param axis the batch axis is 0, which stays; negative from the end
   * @example x.squeeze(1) // [batch, 1, 64] -> [batch, 64]
   */
  squeeze<Self, const Axis extends number>(
    this: Self,
    axis: Fits<Self, Squeeze<Axis>, Axis>,
  ): Then<Self, Squeeze<Axis>>;
}
