import { z } from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, TensorOf, Typed } from "../../graph/tensor.ts";
import { type Broadcast, broadcast, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { DoNotMix } from "../dtype.ts";

export const add = defineNode({
  name: "add",
  stem: "add",
  doc: "The sum of two tensors of one dtype and rank; axes of size 1 stretch, as in NumPy.",
  ports: [
    { name: "x", dtype: "any" },
    { name: "other", dtype: "same" },
  ],
  parameters: z.strictObject({}),
  infer: ([x, other]) => {
    const shape = broadcast(x!.shape, other!.shape);
    if (!shape) return `add: shapes do not broadcast: ${show(x!.shape)} and ${show(other!.shape)}`;
    return { shape, dtype: x!.dtype };
  },
});

export interface Add<Other extends AnyTensor> extends Op {
  readonly is: ["add", Other];
  readonly out: AddOut<this["in"], Other>;
}
type AddOut<T, Other> =
  T extends Typed<infer A, infer D>
    ? Other extends Typed<infer B, infer D2>
      ? D extends D2
        ? Broadcast<A, B> extends infer S extends Shape
          ? TensorOf<S, D>
          : `add: shapes do not broadcast: ${Show<A>} and ${Show<B>}`
        : DoNotMix<"add", D, D2>
      : never
    : never;

export interface AddMethod {
  /** The sum with another tensor of the same dtype and rank; axes of size 1 stretch, as in NumPy. */
  add<Self, const Other extends AnyTensor>(this: Self, other: Fits<Self, Add<Other>, Other>): Then<Self, Add<Other>>;
}
