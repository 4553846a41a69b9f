import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { axis, type IntOutcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { type Reduced, reduced } from "./reduce.ts";

const define = (name: string, doc: string) =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype: "any" }],
    parameters: z.strictObject({ axis: axis.default(-1) }),
    positional: ["axis"],
    infer: ([x], params) => {
      const shape = reduced(x!.shape, [params.axis], false, name);
      return typeof shape === "string" ? shape : { shape, dtype: "int" };
    },
  });

export const argmax = define("argmax", "The place of the largest value along an axis; of equal ones the first.");
export const argmin = define("argmin", "The place of the smallest value along an axis; of equal ones the first.");

interface Arg<Name extends string, Axis> extends Op {
  readonly is: [Name, readonly [Axis]];
  readonly out: this["in"] extends Typed<infer S> ? IntOutcome<Reduced<S, Axis, false, Name>> : never;
}
export interface Argmax<Axis extends number> extends Arg<"argmax", Axis> {}
export interface Argmin<Axis extends number> extends Arg<"argmin", Axis> {}

export interface ArgMethods {
  /**
   * The place of the largest value along an axis, of equal ones the first: an IntTensor. It has no gradient.
   *
   * @param axis the batch axis is 0, which stays. The last when left out.
   * @example x.argmax() // [batch, 16, 10] -> [batch, 16]
   */
  argmax<Self, const Axis extends number = -1>(
    this: Fits<Self, Argmax<Axis>, Self>,
    axis?: Axis,
  ): Then<Self, Argmax<Axis>>;
  /**
   * The place of the smallest value along an axis, of equal ones the first: an IntTensor. It has no gradient.
   *
   * @param axis the batch axis is 0, which stays. The last when left out.
   */
  argmin<Self, const Axis extends number = -1>(
    this: Fits<Self, Argmin<Axis>, Self>,
    axis?: Axis,
  ): Then<Self, Argmin<Axis>>;
}
