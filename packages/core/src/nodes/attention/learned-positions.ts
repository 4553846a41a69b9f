import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { type LessThan, lessThan, type Shape, type ShowDim } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { elements } from "../flops.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { type SequenceMisfit, sequenceMisfit } from "../sequence.ts";
import { trainable } from "../weights.ts";
import type { WrongSize } from "../wrong.ts";
import type { First } from "./attention.ts";

export const learnedPositions = defineNode({
  name: "learnedPositions",
  stem: "positions",
  doc: "Adds a learned vector for each position to a sequence; the shape stays.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ length: role.shape(size) }),
  named: "maybe",
  infer: ([x], { length }) => {
    const { shape } = x!;
    const misfit = sequenceMisfit(shape, "learnedPositions");
    if (misfit) return misfit;
    return lessThan(length, shape[1]!)
      ? `learnedPositions: there are ${length} positions, but the sequence is ${shape[1]} long`
      : x!;
  },
  weights: ([x], { length }) => ({ embedding: trainable(length, x!.shape[2]!) }),
  flops: (_, output) => elements(output.shape),
});

export interface LearnedPositions<Length> extends Op {
  readonly is: ["learnedPositions", Length];
  readonly out: LearnedPositionsOut<this["in"], Length>;
  readonly wrong: WrongSize<"learnedPositions: length", Length>;
}
type LearnedPositionsOut<T, Length> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"learnedPositions">
      : First<[SequenceMisfit<S, "learnedPositions">, LengthMisfit<S, Length>]> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<S>
          : Sentence
        : never
    : never;
type LengthMisfit<S extends Shape, Length> =
  LessThan<Length, S[1]> extends true
    ? `learnedPositions: there are ${ShowDim<Length>} positions, but the sequence is ${ShowDim<S[1]>} long`
    : never;

export interface LearnedPositionsOptions<Length> {
  /** How many positions have a vector; a longer sequence is refused. */
  readonly length: Length;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface LearnedPositionsMethod {
  /**
   * Adds a learned vector for each position to a sequence, as GPT-2 and BERT do. Weights: `embedding [length, features]`,
   * at first normal with a deviation of 0.02. A sequence whose length only the data tells is checked when it comes.
   *
   * @example x.learnedPositions({ length: 512 }) // [batch, 128, 64] as before
   */
  learnedPositions<Self, const Length extends number>(
    this: Self,
    options: LearnedPositionsOptions<Length> & Fits<Self, LearnedPositions<Length>, unknown>,
  ): Then<Self, LearnedPositions<Length>>;
}
