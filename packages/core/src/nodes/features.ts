import type { Op } from "../graph/op.ts";
import type { Tensor, Typed } from "../graph/tensor.ts";
import type { IsDynamicRank, Shape, Show } from "../shapes/index.ts";
import { show } from "../shapes/index.ts";
import type { NeedsFloat } from "./dtype.ts";

/** The sentence when there is no axis of features after the batch axis, else `never`. */
export type FeaturesMisfit<S extends Shape, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends 0 | 1
      ? `${Name} needs an axis of features, but its input is ${Show<S>}`
      : never;
export const featuresMisfit = (shape: Shape, name: string): string | undefined =>
  shape.length > 1 ? undefined : `${name} needs an axis of features, but its input is ${show(shape)}`;

/** The rule of a function over the features of floats that keeps their shape, such as a normalisation. */
export interface OverFeatures<Name extends string> extends Op {
  readonly is: [Name];
  readonly out: OverFeaturesOut<this["in"], Name>;
}
type OverFeaturesOut<T, Name extends string> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : FeaturesMisfit<S, Name> extends infer Misfit extends string
        ? Misfit[] extends never[]
          ? Tensor<S>
          : Misfit
        : never
    : never;
