import * as z from "zod";
import type { Op } from "../../graph/op.ts";
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

/** A kind of node that multiplies the first half of the features with a gate, a function of the second half. */
export const gated = (name: string, doc: string) =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({}),
    infer: ([x]) => {
      const { shape } = x!;
      const misfit = featuresMisfit(shape, name);
      if (misfit) return misfit;
      const features = shape.at(-1)!;
      if (!divides(2, features)) return `${name} needs an even number of features, but its input is ${show(shape)}`;
      return { shape: [...shape.slice(0, -1), quotient(features, 2)], dtype: "float" };
    },
  });

/** The rule of such a node. */
export interface Gated<Name extends string> extends Op {
  readonly is: [Name];
  readonly out: GatedOut<this["in"], Name>;
}
type GatedOut<T, Name extends string> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : Misfit<S, Name> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<ReplaceLast<S, Quotient<Channels<S>, 2>>>
          : Sentence
        : never
    : never;
type Misfit<S extends Shape, Name extends string> =
  FeaturesMisfit<S, Name> extends infer Sentence
    ? Sentence[] extends never[]
      ? Divides<2, Channels<S>> extends false
        ? `${Name} needs an even number of features, but its input is ${Show<S>}`
        : never
      : Sentence
    : never;
