import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import type { Dim, IsDynamicRank } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsInt } from "../dtype.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import type { Unless, WrongSize } from "../wrong.ts";

export const embedding = defineNode({
  name: "embedding",
  stem: "embedding",
  doc: "A learned vector for each whole number below vocab: [...] int -> [..., features].",
  ports: [{ name: "ids", dtype: "int", below: "vocab" }],
  parameters: z.strictObject({ vocab: role.shape(size), features: role.shape(size) }),
  named: "maybe",
  infer: ([ids], { features }) => ({ shape: [...ids!.shape, features], dtype: "float" }),
  weights: (_, { vocab, features }) => ({ embedding: trainable(vocab, features) }),
  flops: () => 0,
});

export interface Embedding<Features extends number> extends Op {
  readonly is: ["embedding", Features];
  readonly out: EmbeddingOut<this["in"], Features>;
  readonly wrong: WrongSize<"embedding: features", Features>;
}
type EmbeddingOut<T, Features extends number> =
  T extends Typed<infer S, infer D>
    ? D extends "float"
      ? NeedsInt<"embedding">
      : Tensor<IsDynamicRank<S> extends true ? Dim[] : [...S, Features]>
    : never;

export interface EmbeddingOptions<Features, Vocab = number> {
  /** How many different ids there are; ids run from 0 to vocab - 1. */
  readonly vocab: Vocab;
  /** Length of a vector. */
  readonly features: Features;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface EmbeddingMethod {
  /**
   * A learned vector for each whole number.
   *
   * @example ids.embedding({ vocab: 5000, features: 64 }) // [batch, 16] int -> [batch, 16, 64]
   */
  embedding<Self, const Features extends number, const Vocab extends number>(
    this: Self,
    options: EmbeddingOptions<Features, Vocab> &
      Unless<WrongSize<"embedding: vocab", Vocab>, Fits<Self, Embedding<Features>, unknown>>,
  ): Then<Self, Embedding<Features>>;
}
