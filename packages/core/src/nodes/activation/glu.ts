import { z } from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import {
  type Channels,
  type Divides,
  divides,
  type Quotient,
  quotient,
  type ReplaceLast,
  type Shape,
  type Show,
  show,
} from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type FeaturesMisfit, featuresMisfit } from "../features.ts";

export const glu = defineNode({
  name: "glu",
  stem: "glu",
  doc: "The first half of the features times the sigmoid of the second: [..., 2 * features] -> [..., features].",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({}),
  infer: ([x]) => {
    const { shape } = x!;
    const misfit = featuresMisfit(shape, "glu");
    if (misfit) return misfit;
    const features = shape.at(-1)!;
    if (!divides(2, features)) return `glu needs an even number of features, but its input is ${show(shape)}`;
    return { shape: [...shape.slice(0, -1), quotient(features, 2)], dtype: "float" };
  },
});

export interface Glu extends Op {
  readonly is: ["glu"];
  readonly out: GluOut<this["in"]>;
}
type GluOut<T> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"glu">
      : Misfit<S> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<ReplaceLast<S, Quotient<Channels<S>, 2>>>
          : Sentence
        : never
    : never;
type Misfit<S extends Shape> =
  FeaturesMisfit<S, "glu"> extends infer Sentence
    ? Sentence[] extends never[]
      ? Divides<2, Channels<S>> extends false
        ? `glu needs an even number of features, but its input is ${Show<S>}`
        : never
      : Sentence
    : never;

export interface GluMethod {
  /**
   * The first half of the features times the sigmoid of the second half (Dauphin et al. 2017, "Language Modeling with
   * Gated Convolutional Networks").
   *
   * @example x.dense(128).glu() // [batch, 128] -> [batch, 64]
   */
  glu<Self>(this: Fits<Self, Glu, Self>): Then<Self, Glu>;
}
