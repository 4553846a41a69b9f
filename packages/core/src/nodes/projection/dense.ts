import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import type { ReplaceLast } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type FeaturesMisfit, featuresMisfit } from "../features.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import type { WrongSize } from "../wrong.ts";

export const dense = defineNode({
  name: "dense",
  stem: "dense",
  doc: "A fully connected layer over the last axis: [..., features] -> [..., units].",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    units: role.shape(size),
    useBias: role.structure(z.boolean().default(true)),
  }),
  positional: ["units"],
  named: "maybe",
  infer: ([x], { units }) =>
    featuresMisfit(x!.shape, "dense") ?? { shape: [...x!.shape.slice(0, -1), units], dtype: "float" },
  weights: ([x], { units, useBias }) => ({
    kernel: trainable(x!.shape.at(-1)!, units),
    ...(useBias && { bias: trainable(units) }),
  }),
});

export interface Dense<Units extends number> extends Op {
  readonly is: ["dense", Units];
  readonly out: DenseOut<this["in"], Units>;
  readonly wrong: WrongSize<"dense: units", Units>;
}
type DenseOut<T, Units extends number> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"dense">
      : FeaturesMisfit<S, "dense"> extends infer Misfit extends string
        ? Misfit[] extends never[]
          ? Tensor<ReplaceLast<S, Units>>
          : Misfit
        : never
    : never;

export interface DenseOptions {
  /** Whether a learned number is added to each feature of the output. @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface DenseMethod {
  /**
   * A fully connected layer over the last axis: `[..., features]` -> `[..., units]`.
   *
   * @param units features of the output
   * @example x.dense(128).relu() // [batch, 784] -> [batch, 128]
   */
  dense<Self, const Units extends number>(
    this: Self,
    units: Fits<Self, Dense<Units>, Units>,
    options?: DenseOptions,
  ): Then<Self, Dense<Units>>;
}
