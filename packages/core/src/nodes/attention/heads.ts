import * as z from "zod";
import {
  type Channels,
  type Dim,
  type Divides,
  divides,
  type Quotient,
  quotient,
  type Shape,
  type ShowDim,
} from "../../shapes/index.ts";
import { contractions } from "../flops.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable, type Weights } from "../weights.ts";
import type { Told, Unless, WrongSize } from "../wrong.ts";

/** Parameters that self- and cross-attention share. */
export const headParameters = {
  heads: role.structure(size),
  headFeatures: role.shape(size.optional()),
  keyValueHeads: role.shape(size.optional()),
  dropout: role.dynamic(z.number().min(0).lt(1).optional()),
  useBias: role.structure(z.boolean().default(true)),
};

interface Heads {
  readonly heads: number;
  readonly headFeatures?: number | undefined;
  readonly keyValueHeads?: number | undefined;
}

/** Features of a head: those given, or its share of the features. */
export const widthOfHead = (shape: Shape, { heads, headFeatures }: Heads): Dim =>
  headFeatures ?? quotient(shape.at(-1)!, heads);
type WidthOfHead<S extends Shape, H, Width> = Width extends number ? Width : Quotient<Channels<S>, H>;

/** The sentence when the heads cannot share the features, or groups of heads a key, else `never`. */
export type HeadsMisfit<S extends Shape, H, Width, KeyValue, Name extends string> = Width extends number
  ? GroupsMisfit<H, KeyValue, Name>
  : Divides<H, Channels<S>> extends false
    ? `${Name}: ${ShowDim<H>} heads do not divide ${ShowDim<Channels<S>>} features`
    : GroupsMisfit<H, KeyValue, Name>;
type GroupsMisfit<H, KeyValue, Name extends string> = KeyValue extends number
  ? Divides<KeyValue, H> extends false
    ? `${Name}: ${ShowDim<KeyValue>} key-value heads do not divide ${ShowDim<H>} heads`
    : never
  : never;
export const headsMisfit = (shape: Shape, { heads, headFeatures, keyValueHeads = heads }: Heads, name: string) => {
  const features = shape.at(-1)!;
  if (headFeatures === undefined && !divides(heads, features))
    return `${name}: ${heads} heads do not divide ${features} features`;
  if (!divides(keyValueHeads, heads)) return `${name}: ${keyValueHeads} key-value heads do not divide ${heads} heads`;
  return undefined;
};

/** What is wrong with the numbers themselves. */
export type WrongHeads<Name extends string, H, Width, KeyValue> = Told<
  H,
  Unless<
    WrongSize<`${Name}: heads`, H>,
    Unless<WrongSize<`${Name}: headFeatures`, Width>, WrongSize<`${Name}: keyValueHeads`, KeyValue>>
  >
>;

/** The sentence when the features of a head cannot be turned in pairs, else `never`. */
export type RopeMisfit<S extends Shape, H, Width, Rope, Name extends string> = [Rope] extends [true | object]
  ? Divides<2, WidthOfHead<S, H, Width>> extends false
    ? `${Name}: rope needs an even number of features per head, but there are ${ShowDim<WidthOfHead<S, H, Width>>}`
    : never
  : never;
export const ropeMisfit = (shape: Shape, heads: Heads, name: string) => {
  const width = widthOfHead(shape, heads);
  return divides(2, width)
    ? undefined
    : `${name}: rope needs an even number of features per head, but there are ${width}`;
};

/** Projections of queries, of keys and values, and of what the heads found: as `nnx.Linear` keeps them. */
export const projections = (shape: Shape, context: Shape, params: Heads & { readonly useBias: boolean }): Weights => {
  const { heads, keyValueHeads = heads, useBias } = params;
  const [features, width] = [shape.at(-1)!, widthOfHead(shape, params)];
  const all = (count: number): Dim => (typeof width === "number" ? count * width : width);
  const linear = (name: string, from: Dim, to: Dim): Weights => ({
    [`${name}/kernel`]: trainable(from, to),
    ...(useBias && { [`${name}/bias`]: trainable(to) }),
  });
  return {
    ...linear("query", features, all(heads)),
    ...linear("key", context.at(-1)!, all(keyValueHeads)),
    ...linear("value", context.at(-1)!, all(keyValueHeads)),
    ...linear("out", all(heads), features),
  };
};

/**
 * Of the projections, of `query @ key^T` and the heads' sums over the values, and six for each attention weight: scale,
 * mask and softmax.
 */
export const attentionFlops = (shape: Shape, context: Shape, params: Parameters<typeof projections>[2]): number => {
  const [positions, seen] = [Number(shape[1]), Number(context[1])];
  const weights = projections(shape, context, params);
  const of = (...names: readonly string[]): Weights =>
    Object.fromEntries(Object.entries(weights).filter(([name]) => names.some((one) => name.startsWith(`${one}/`))));
  const pairs = positions * seen * params.heads;
  const biases = params.useBias ? positions + seen : 0;
  return (
    contractions(of("query", "out"), positions) +
    contractions(of("key", "value"), seen) +
    pairs * (4 * Number(widthOfHead(shape, params)) + 6) +
    2 * biases * Number(shape[2])
  );
};

/** One type parameter per option that a rule needs. */
export interface HeadOptions<H, Width, KeyValue> {
  /** How many heads look at once; divides the features unless `headFeatures` is given. */
  readonly heads: H;
  /** Features of each head. @defaultValue features / heads */
  readonly headFeatures?: Width;
  /**
   * Heads of keys and values, each shared by a group of query heads (Ainslie et al. 2023, "GQA"): 1 is multi-query
   * attention. Divides `heads`. @defaultValue heads
   */
  readonly keyValueHeads?: KeyValue;
  /** Share of the attention weights that are dropped while training, from 0 to below 1. Left out, none is. */
  readonly dropout?: number;
  /** Whether the four projections have one. @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}
