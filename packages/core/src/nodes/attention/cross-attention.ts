import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Tensor, Typed } from "../../graph/tensor.ts";
import {
  type IsDynamicRank,
  type SameDim,
  type Shape,
  type Show,
  type ShowDim,
  sameDim,
  show,
} from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type MaskDTypeMisfit, type MaskMisfit, maskMisfit, type SequenceMisfit, sequenceMisfit } from "../sequence.ts";
import type { First } from "./attention.ts";
import {
  attentionFlops,
  type HeadOptions,
  type HeadsMisfit,
  headParameters,
  headsMisfit,
  projections,
  type WrongHeads,
} from "./heads.ts";

const contextMisfit = (shape: Shape, context: Shape): string | undefined =>
  context.length === 3 && sameDim(shape[0]!, context[0]!)
    ? undefined
    : `crossAttention: its context must be [${shape[0]}, time, features], but it is ${show(context)}`;

export const crossAttention = defineNode({
  name: "crossAttention",
  stem: "crossAttention",
  doc: "Multi-head attention from a sequence to another; the shape stays.",
  ports: [
    { name: "x", dtype: "float" },
    { name: "context", dtype: "float" },
    { name: "mask", dtype: "int", optional: true, inBlock: "contextMask" },
  ],
  parameters: z.strictObject(headParameters),
  named: "maybe",
  infer: ([x, context, mask], params) =>
    sequenceMisfit(x!.shape, "crossAttention") ??
    contextMisfit(x!.shape, context!.shape) ??
    maskMisfit(context!.shape, mask, "crossAttention") ??
    headsMisfit(x!.shape, params, "crossAttention") ??
    x!,
  weights: ([x, context], params) => projections(x!.shape, context!.shape, params),
  flops: ([x, context], _, params) => attentionFlops(x!.shape, context!.shape, params),
});

export interface CrossAttention<Context, H, Width = undefined, KeyValue = undefined, Mask = undefined> extends Op {
  readonly is: ["crossAttention", Context, H, Width, KeyValue, Mask];
  readonly out: CrossAttentionOut<this["in"], Context, H, Width, KeyValue, Mask>;
  readonly wrong: WrongHeads<"crossAttention", H, Width, KeyValue>;
}
type CrossAttentionOut<T, Context, H, Width, KeyValue, Mask> =
  T extends Typed<infer S, infer D>
    ? Context extends Typed<infer C, infer D2>
      ? "int" extends D | D2
        ? NeedsFloat<"crossAttention">
        : Misfit<S, C, H, Width, KeyValue, Mask> extends infer Sentence extends string
          ? Sentence[] extends never[]
            ? Tensor<S>
            : Sentence
          : never
      : never
    : never;
type Misfit<S extends Shape, C extends Shape, H, Width, KeyValue, Mask> = First<
  [
    MaskDTypeMisfit<Mask, "crossAttention">,
    SequenceMisfit<S, "crossAttention">,
    ContextMisfit<S, C>,
    MaskMisfit<C, Mask, "crossAttention">,
    HeadsMisfit<S, H, Width, KeyValue, "crossAttention">,
  ]
>;
type ContextMisfit<S extends Shape, C extends Shape> =
  IsDynamicRank<C> extends true
    ? never
    : C["length"] extends 3
      ? SameDim<S[0], C[0]> extends true
        ? never
        : NoContext<S, C>
      : NoContext<S, C>;
type NoContext<
  S extends Shape,
  C extends Shape,
> = `crossAttention: its context must be [${ShowDim<S[0]>}, time, features], but it is ${Show<C>}`;

export interface CrossAttentionOptions<H, Width, KeyValue, Mask> extends HeadOptions<H, Width, KeyValue> {
  /**
   * Whole numbers `[batch, length]` of the context, 0 where a position is padding, which nobody sees. Where all of a
   * context is padding, the heads give zeros.
   */
  readonly mask?: Mask;
}

export interface CrossAttentionMethod {
  /**
   * Multi-head attention from a sequence to another (Vaswani et al. 2017, "Attention Is All You Need"): queries from
   * `[batch, time, features]`, which keeps its shape, keys and values from the context `[batch, length, other features]`.
   *
   * The weights are named as those of `attention`.
   *
   * @example decoded.crossAttention(encoded, { heads: 4 }) // [batch, 20, 64], [batch, 30, 64]
   * @example decoded.crossAttention(encoded, { heads: 4, mask: source.greater(0) }) // [batch, 20, 64], [batch, 30, 64], [batch, 30]
   */
  crossAttention<
    Self,
    const Context extends AnyTensor,
    const H extends number,
    const Width extends number | undefined = undefined,
    const KeyValue extends number | undefined = undefined,
    const Mask extends AnyTensor | undefined = undefined,
  >(
    this: Self,
    context: Fits<Self, CrossAttention<Context, H, Width, KeyValue, Mask>, Context>,
    options: CrossAttentionOptions<H, Width, KeyValue, Mask>,
  ): Then<Self, CrossAttention<Context, H, Width, KeyValue, Mask>>;
}
