import type { Typed } from "../graph/tensor.ts";
import { type IsDynamicRank, type Shape, type Show, show, type Value } from "../shapes/index.ts";

/** The features themselves, or the sentence that says why a head cannot read them. */
export type FeaturesFit<Use extends string, T> =
  T extends Typed<infer S extends Shape, infer D>
    ? D extends "int"
      ? `${Use} needs float, but its features are int`
      : IsDynamicRank<S> extends true
        ? T
        : S["length"] extends 2
          ? T
          : `${Use} needs [batch, features], but its features are ${Show<S>}`
    : T extends { readonly ops: any }
      ? `${Use} needs a tensor. Apply a block to an input first: image.pipe(block)`
      : T;

/** The same at run time. */
export const featuresProblem = ({ shape, dtype }: Value): string | undefined => {
  if (dtype === "int") return "needs float, but its features are int";
  if (shape.length !== 2) return `needs [batch, features], but its features are ${show(shape)}`;
  if (typeof shape[1] !== "number") return `needs a known number of features, but its features are ${show(shape)}`;
  return undefined;
};
