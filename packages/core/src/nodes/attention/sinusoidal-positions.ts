import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { type Channels, type Divides, divides, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type SequenceMisfit, sequenceMisfit } from "../sequence.ts";
import type { First } from "./attention.ts";

export const sinusoidalPositions = defineNode({
  name: "sinusoidalPositions",
  stem: "positions",
  doc: "Adds sines and cosines of the position to a sequence; the shape stays.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({}),
  infer: ([x]) => {
    const { shape } = x!;
    const misfit = sequenceMisfit(shape, "sinusoidalPositions");
    if (misfit) return misfit;
    if (divides(2, shape[2]!)) return x!;
    return `sinusoidalPositions needs an even number of features, but its input is ${show(shape)}`;
  },
});

export interface SinusoidalPositions extends Op {
  readonly is: ["sinusoidalPositions"];
  readonly out: SinusoidalPositionsOut<this["in"]>;
}
type SinusoidalPositionsOut<T> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"sinusoidalPositions">
      : First<[SequenceMisfit<S, "sinusoidalPositions">, OddMisfit<S>]> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<S>
          : Sentence
        : never
    : never;
type OddMisfit<S extends Shape> =
  Divides<2, Channels<S>> extends false
    ? `sinusoidalPositions needs an even number of features, but its input is ${Show<S>}`
    : never;

export interface SinusoidalPositionsMethod {
  /**
   * Adds waves of the position to a sequence (Vaswani et al. 2017, "Attention Is All You Need"): `sin(p * w)` to feature
   * `2i`, `cos(p * w)` to feature `2i + 1`, with `w = 10000^(-2i / features)` and `p` from 0. For any length.
   *
   * @example x.sinusoidalPositions() // [batch, 30, 64] as before
   */
  sinusoidalPositions<Self>(this: Fits<Self, SinusoidalPositions, Self>): Then<Self, SinusoidalPositions>;
}
