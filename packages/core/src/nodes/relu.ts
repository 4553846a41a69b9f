import { z } from "zod";
import type { Fits, Op, Then } from "../graph/op.ts";
import type { Tensor, Typed } from "../graph/tensor.ts";
import { defineNode } from "./define-node.ts";
import type { NeedsFloat } from "./dtype.ts";

export const relu = defineNode({
  name: "relu",
  stem: "relu",
  doc: "max(x, 0), value by value.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({}),
  infer: ([x]) => x!,
});

export interface Relu extends Op {
  readonly is: ["relu"];
  readonly out: this["in"] extends Typed<infer S, infer D> ? (D extends "int" ? NeedsFloat<"relu"> : Tensor<S>) : never;
}

export interface ReluMethod {
  /** max(x, 0), value by value. */
  relu<Self>(this: Fits<Self, Relu, Self>): Then<Self, Relu>;
}
