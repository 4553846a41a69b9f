import type { IsDynamicRank, Shape, Show } from "../shapes/index.ts";
import { show } from "../shapes/index.ts";

/** The sentence when there is no axis of features after the batch axis, else `never`. */
export type FeaturesMisfit<S extends Shape, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends 0 | 1
      ? `${Name} needs an axis of features, but its input is ${Show<S>}`
      : never;
export const featuresMisfit = (shape: Shape, name: string): string | undefined =>
  shape.length > 1 ? undefined : `${name} needs an axis of features, but its input is ${show(shape)}`;
