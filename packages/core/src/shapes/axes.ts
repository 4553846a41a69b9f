import type { Minus } from "./arithmetic.ts";
import { type Dim, type IsDynamicRank, type Shape, type Show, type ShowDim, show } from "./shape.ts";

/** The place of an axis, -1 of rank 3 is 2: `never` when there is none, `number` when nobody knows yet. */
type Place<S extends Shape, Axis> = number extends Axis
  ? number
  : IsDynamicRank<S> extends true
    ? number
    : `${Axis & number}` extends `-${infer Back extends number}`
      ? Minus<S["length"], Back>
      : `${Axis & number}` extends keyof S
        ? Axis
        : never;
const placeOf = (rank: number, axis: number): number | undefined => {
  const place = axis < 0 ? rank + axis : axis;
  return place >= 0 && place < rank ? place : undefined;
};

/** The place of an axis other than the batch axis, or one sentence. */
export type InnerAxis<S extends Shape, Axis, Name extends string> = Settled<
  Place<S, Axis>,
  Axis,
  `${Name}: ${Show<S>} has no axis ${ShowDim<Axis>}`,
  S,
  Name
>;
/** The place of a new axis: the axes of the result are counted. */
export type NewAxis<S extends Shape, Axis, Name extends string> = Settled<
  Place<IsDynamicRank<S> extends true ? S : [...S, 1], Axis>,
  Axis,
  `${Name}: ${Show<S>} has no place for axis ${ShowDim<Axis>}`,
  S,
  Name
>;
type Settled<At, Axis, Missing extends string, S extends Shape, Name extends string> = At[] extends never[]
  ? Missing
  : At extends 0
    ? `${Name}: axis ${ShowDim<Axis>} of ${Show<S>} is the batch axis`
    : At;

const settled = (at: number | undefined, axis: number, missing: string, shape: Shape, name: string) => {
  if (at === undefined) return missing;
  return at === 0 ? `${name}: axis ${axis} of ${show(shape)} is the batch axis` : at;
};
export const innerAxis = (shape: Shape, axis: number, name: string): number | string =>
  settled(placeOf(shape.length, axis), axis, `${name}: ${show(shape)} has no axis ${axis}`, shape, name);
export const newAxis = (shape: Shape, axis: number, name: string): number | string =>
  settled(placeOf(shape.length + 1, axis), axis, `${name}: ${show(shape)} has no place for axis ${axis}`, shape, name);

/** The rank stays, every size is forgotten. */
export type Blur<S extends Shape> = { -readonly [K in keyof S]: Dim };

/** Another size at one place. */
export type ReplaceAt<S extends Shape, At, D extends Dim> = {
  -readonly [K in keyof S]: K extends `${At & number}` ? D : S[K];
};
export const replaceAt = (shape: Shape, at: number, dim: Dim): Shape =>
  shape.map((old, axis) => (axis === at ? dim : old));

/** One more axis, at this place. */
export type InsertAt<S extends Shape, At, D extends Dim, Before extends Shape = []> = Before["length"] extends At
  ? [...Before, D, ...S]
  : S extends readonly [infer First extends Dim, ...infer Rest extends Shape]
    ? InsertAt<Rest, At, D, [...Before, First]>
    : Dim[];
export const insertAt = (shape: Shape, at: number, dim: Dim): Shape => [...shape.slice(0, at), dim, ...shape.slice(at)];

/** Without the axis at this place. */
export type RemoveAt<S extends Shape, At, Before extends Shape = []> = S extends readonly [
  infer First extends Dim,
  ...infer Rest extends Shape,
]
  ? Before["length"] extends At
    ? [...Before, ...Rest]
    : RemoveAt<Rest, At, [...Before, First]>
  : Dim[];
export const removeAt = (shape: Shape, at: number): Shape => shape.filter((_, axis) => axis !== at);
