import type { Typed } from "../graph/tensor.ts";
import { type Dim, type IsDynamicRank, type Shape, type Show, show, type Value } from "../shapes/index.ts";

/** The features themselves, or the sentence that says why a head cannot read them. */
export type FeaturesFit<Use extends string, T> =
  T extends Typed<infer S extends Shape, infer D>
    ? D extends "int"
      ? `${Use} needs float, but its features are int`
      : IsDynamicRank<S> extends true
        ? T
        : S extends readonly [Dim, Dim, ...Dim[]]
          ? T
          : `${Use} needs [batch, features], but its features are ${Show<S>}`
    : T extends { readonly ops: any }
      ? `${Use} needs a tensor. Apply a block to an input first: image.pipe(block)`
      : T;

/** The same for a head that predicts for rows only. */
export type RowFeaturesFit<Use extends string, T> =
  T extends Typed<infer S extends Shape, "float">
    ? IsDynamicRank<S> extends true
      ? T
      : S["length"] extends 2
        ? T
        : `${Use} needs [batch, features], but its features are ${Show<S>}`
    : FeaturesFit<Use, T>;

/** The axes between batch and features: one prediction for each of their positions. */
export type PositionsOf<T> =
  T extends Typed<infer S extends Shape>
    ? IsDynamicRank<S> extends true
      ? Dim[]
      : S extends readonly [Dim, ...infer P extends Shape, Dim]
        ? P
        : []
    : [];

export const positionsOf = ({ shape }: Value): Shape => shape.slice(1, -1);

/** What is wrong with features, at run time. */
export const featuresProblem = ({ shape, dtype }: Value): string | undefined => {
  if (dtype === "int") return "needs float, but its features are int";
  if (shape.length < 2) return `needs [batch, features], but its features are ${show(shape)}`;
  if (typeof shape.at(-1) !== "number") return `needs a known number of features, but its features are ${show(shape)}`;
  return undefined;
};

/** The same for a head that predicts for rows only. */
export const rowFeaturesProblem = (features: Value): string | undefined =>
  features.shape.length > 2 && features.dtype === "float"
    ? `needs [batch, features], but its features are ${show(features.shape)}`
    : featuresProblem(features);

/** Whether logits have the width that they must have. */
export const logitsProblem = (features: Value, logits: boolean, width: number, what: string): string | undefined => {
  const channels = features.shape.at(-1);
  return logits && channels !== width
    ? `needs ${width} ${width === 1 ? "feature" : "features"} for the ${what}, but ${show(features.shape)} has ${channels}`
    : undefined;
};
