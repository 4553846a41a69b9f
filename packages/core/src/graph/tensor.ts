import type { Ops } from "../nodes/index.ts";
import type { DType, Shape } from "../shapes/index.ts";
import type { Op } from "./op.ts";

/** What a shape rule sees of a tensor. */
export interface Typed<S extends Shape = Shape, D extends DType = DType> {
  readonly shape: S;
  readonly dtype: D;
}

/** A place in the graph that holds floats and whose shape is known: `Tensor<["batch", 28, 28, 1]>`. */
export interface Tensor<S extends Shape = Shape> extends Typed<S, "float">, Ops {}

/** A place in the graph that holds whole numbers: token ids, class labels. */
export interface IntTensor<S extends Shape = Shape> extends Typed<S, "int">, Ops {}

export type AnyTensor = Tensor<any> | IntTensor<any>;
export type TensorOf<S extends Shape, D extends DType> = D extends "int" ? IntTensor<S> : Tensor<S>;

/** Operations without an input: `graph.dense(128).relu()`. Shapes are checked where the block is applied. */
export interface Block<O extends readonly Op[] = readonly Op[]> extends Ops {
  readonly ops: O;
}
