import type { Typed } from "../graph/tensor.ts";
import {
  type Dim,
  type IsDynamicRank,
  type SameShape,
  type Shape,
  type Show,
  sameShape,
  show,
  type Value,
} from "../shapes/index.ts";

/** The sentence when an operation over sequences gets something else, else `never`. */
export type SequenceMisfit<S extends Shape, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends 3
      ? never
      : `${Name} needs [batch, time, features], but its input is ${Show<S>}`;
export const sequenceMisfit = (shape: Shape, name: string): string | undefined =>
  shape.length === 3 ? undefined : `${name} needs [batch, time, features], but its input is ${show(shape)}`;

/** [batch, time] of a sequence. */
export type Positions<S extends Shape> = S extends readonly [
  infer Batch extends Dim,
  infer Time extends Dim,
  ...unknown[],
]
  ? [Batch, Time]
  : Dim[];

/** The sentence when a mask is not one number for each position of a sequence, else `never`. */
export type MaskMisfit<S extends Shape, Mask, Name extends string> =
  Mask extends Typed<infer M, any>
    ? SameShape<M, Positions<S>> extends false
      ? `${Name}: its mask must be ${Show<Positions<S>>}, but it is ${Show<M>}`
      : never
    : never;
export const maskMisfit = (shape: Shape, mask: Value | undefined, name: string): string | undefined => {
  const positions = shape.slice(0, 2);
  if (!mask || sameShape(mask.shape, positions)) return undefined;
  return `${name}: its mask must be ${show(positions)}, but it is ${show(mask.shape)}`;
};

/** The sentence when a mask holds floats, else `never`. */
export type MaskDTypeMisfit<Mask, Name extends string> =
  Mask extends Typed<any, infer D>
    ? D extends "float"
      ? `${Name}: its mask must be int, but it is float`
      : never
    : never;
