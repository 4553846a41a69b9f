import * as z from "zod";
import type { Typed } from "../../graph/tensor.ts";
import { type Channels, type Dim, type Shape, type Times, times } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import { type AnyWindow, type Rank, type RankMisfit, rankMisfit, type Slide, slide } from "../window.ts";
import { type Family, type WindowOptions, windowOf } from "./convolution.ts";

/** A kind of node that gives every channel windows of its own and mixes none. */
export const depthwise = <Name extends string>({ name, stem, doc, rank }: Family<Name>) => {
  const window = windowOf(rank);
  return defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      ...window.parameters,
      multiplier: role.shape(size.default(1)),
      useBias: role.structure(z.boolean().default(true)),
    }),
    named: "maybe",
    normalise: window.normalise,
    infer: ([x], params) => {
      const { shape } = x!;
      const misfit = rankMisfit(shape, rank, name);
      if (misfit) return misfit;
      const out = slide(shape, params, times(shape.at(-1)!, params.multiplier), name);
      return typeof out === "string" ? out : { shape: out, dtype: "float" };
    },
    weights: ([x], { kernel, multiplier, useBias }) => {
      const filters = times(x!.shape.at(-1)!, multiplier);
      return { kernel: trainable(...kernel, 1, filters), ...(useBias && { bias: trainable(filters) }) };
    },
  });
};

/** What the rule of such a node gives. */
export type DepthwiseOut<T, Name extends string, R extends Rank, W extends AnyWindow, Multiplier> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : RankMisfit<S, R, Name> extends infer Sentence
        ? Sentence[] extends never[]
          ? Slide<S, W, Multiplied<S, Multiplier> & Dim, Name>
          : Sentence
        : never
    : never;
type Multiplied<S extends Shape, Multiplier> = Multiplier extends 1 ? Channels<S> : Times<Channels<S>, Multiplier>;

export interface DepthwiseOptions<Kernel, Stride, Pad, Dilation, Multiplier>
  extends WindowOptions<Kernel, Stride, Pad, Dilation> {
  /** How many outputs every channel has. @defaultValue 1 */
  readonly multiplier?: Multiplier;
}
