import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Tensor, Typed } from "../../graph/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { type MaskDTypeMisfit, type MaskMisfit, maskMisfit, type SequenceMisfit, sequenceMisfit } from "../sequence.ts";
import {
  attentionFlops,
  type HeadOptions,
  type HeadsMisfit,
  headParameters,
  headsMisfit,
  projections,
  type RopeMisfit,
  ropeMisfit,
  type WrongHeads,
} from "./heads.ts";

const rope = z.strictObject(
  { base: z.number().positive().default(10_000) },
  { error: "must be true, false or { base }" },
);

export const attention = defineNode({
  name: "attention",
  stem: "attention",
  doc: "Multi-head self-attention over a sequence; the shape stays.",
  ports: [
    { name: "x", dtype: "float" },
    { name: "mask", dtype: "int", optional: true },
  ],
  parameters: z.strictObject({
    ...headParameters,
    causal: role.structure(z.boolean().default(false)),
    rope: role.structure(rope.optional()),
  }),
  named: "maybe",
  normalise: ({ rope, ...given }) => ({ ...given, ...(rope !== false && { rope: rope === true ? {} : rope }) }),
  infer: ([x, mask], params) => {
    const { shape } = x!;
    const misfit =
      sequenceMisfit(shape, "attention") ??
      maskMisfit(shape, mask, "attention") ??
      headsMisfit(shape, params, "attention") ??
      (params.rope && ropeMisfit(shape, params, "attention"));
    return misfit ?? x!;
  },
  weights: ([x], params) => projections(x!.shape, x!.shape, params),
  flops: ([x], _, params) => attentionFlops(x!.shape, x!.shape, params),
});

export interface Attention<H, Width = undefined, KeyValue = undefined, Rope = false, Mask = undefined> extends Op {
  readonly is: ["attention", H, Width, KeyValue, Rope, Mask];
  readonly out: AttentionOut<this["in"], H, Width, KeyValue, Rope, Mask>;
  readonly wrong: WrongHeads<"attention", H, Width, KeyValue>;
}
type AttentionOut<T, H, Width, KeyValue, Rope, Mask> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"attention">
      : Misfit<S, H, Width, KeyValue, Rope, Mask> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<S>
          : Sentence
        : never
    : never;
type Misfit<S extends Shape, H, Width, KeyValue, Rope, Mask> = First<
  [
    MaskDTypeMisfit<Mask, "attention">,
    SequenceMisfit<S, "attention">,
    MaskMisfit<S, Mask, "attention">,
    HeadsMisfit<S, H, Width, KeyValue, "attention">,
    RopeMisfit<S, H, Width, Rope, "attention">,
  ]
>;
/** The first sentence among several, else `never`. */
export type First<Sentences> = Sentences extends readonly [infer Sentence, ...infer Rest]
  ? Sentence[] extends never[]
    ? First<Rest>
    : Sentence
  : never;

export interface AttentionOptions<H, Width, KeyValue, Rope, Mask> extends HeadOptions<H, Width, KeyValue> {
  /** Whether a position sees only itself and those before it. @defaultValue false */
  readonly causal?: boolean;
  /**
   * Rotary positions of queries and keys (Su et al. 2021, "RoFormer"), in LLaMA's form: feature `i` of a head is turned
   * with feature `i + headFeatures / 2`, at position `p` by `p * base^(-2i / headFeatures)`. Give it instead of added
   * positions. `base` is 10,000 unless given. @defaultValue false
   */
  readonly rope?: Rope;
  /**
   * Whole numbers `[batch, time]`, 0 where a position is padding, which nobody sees. A position that sees none gets
   * zeros from the heads.
   */
  readonly mask?: Mask;
}

export interface AttentionMethod {
  /**
   * Multi-head self-attention (Vaswani et al. 2017, "Attention Is All You Need"): `[batch, time, features]` keeps its
   * shape. `softmax(query @ key^T / sqrt(headFeatures)) @ value` in each head, then a projection to the features.
   *
   * Weights: `query`, `key`, `value` and `out`, each a `kernel [in, heads * headFeatures]` (`out` the other way round) and
   * a `bias`; a head's columns stand side by side.
   *
   * @example x.attention({ heads: 4, causal: true }) // [batch, 128, 64] stays
   * @example x.attention({ heads: 8, keyValueHeads: 2, rope: true, useBias: false, mask: ids.greater(0) }) // [batch, 128, 64], [batch, 128]
   */
  attention<
    Self,
    const H extends number,
    const Width extends number | undefined = undefined,
    const KeyValue extends number | undefined = undefined,
    const Rope extends boolean | { readonly base?: number } = false,
    const Mask extends AnyTensor | undefined = undefined,
  >(
    this: Self,
    options: AttentionOptions<H, Width, KeyValue, Rope, Mask> &
      Fits<Self, Attention<H, Width, KeyValue, Rope, Mask>, unknown>,
  ): Then<Self, Attention<H, Width, KeyValue, Rope, Mask>>;
}
