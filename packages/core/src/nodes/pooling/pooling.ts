import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type Channels, type IsDynamicRank, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { type Padding, type Rank, type Sizes, type Slide, slide, type Window } from "../window.ts";
import { anyAxisSizes } from "../window-parameters.ts";
import type { Fine, Items, Look, Plain, Told, Unless, WrongAxisSizes } from "../wrong.ts";

/** One number, or one for each axis between batch and channels. */
export type PoolSizes = Sizes<Rank>;
type Given = number | readonly number[];

const misfitOf = (shape: Shape, window: Given, stride: Given, name: string): string | undefined => {
  if (shape.length < 3 || shape.length > 5)
    return `${name} needs 1 to 3 axes between batch and channels, but its input is ${show(shape)}`;
  const missing = (what: string, given: Given): string | undefined =>
    typeof given === "number" || given.length === shape.length - 2
      ? undefined
      : `${name}: its ${what}, ${show(given)}, needs one size for each axis between batch and channels of ${show(shape)}`;
  return missing("window", window) ?? missing("stride", stride);
};

/** A kind of node that makes one value of each window and channel. */
export const pooling = (name: string, stem: string, doc: string) =>
  defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      window: role.structure(anyAxisSizes),
      stride: role.structure(anyAxisSizes),
      padding: role.structure(z.enum(["SAME", "VALID"]).default("VALID")),
    }),
    positional: ["window"],
    normalise: ({ window, stride = window, ...given }) => ({ ...given, window, stride }),
    infer: ([x], { window, stride, padding }) => {
      const { shape } = x!;
      const misfit = misfitOf(shape, window, stride, name);
      if (misfit) return misfit;
      const each = (given: Given): readonly number[] =>
        typeof given === "number" ? shape.slice(2).map(() => given) : given;
      const whole = { kernel: each(window), stride: each(stride), padding, dilation: each(1) };
      const out = slide(shape, whole, shape.at(-1)!, name);
      return typeof out === "string" ? out : { shape: out, dtype: "float" };
    },
  });

/** The rule of such a node. */
export interface Pooling<Name extends string, Size, Stride, Pad> extends Op {
  readonly is: [Name, Size, Stride, Pad];
  readonly out: PoolingOut<this["in"], Name, Size, Stride, Pad>;
  readonly wrong: Told<
    Size,
    Look<Items<Size> | Items<Stride>> extends Plain
      ? Fine
      : Unless<WrongAxisSizes<`${Name}: window`, Size>, WrongAxisSizes<`${Name}: stride`, Stride>>
  >;
}
type PoolingOut<T, Name extends string, Size, Stride, Pad> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : Misfit<S, Name, Size, Stride> extends infer Sentence
        ? Sentence[] extends never[]
          ? Slide<S, Window<Size, Stride, Pad>, Channels<S>, Name>
          : Sentence
        : never
    : never;
type Misfit<S extends Shape, Name extends string, Size, Stride> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends Rank
      ? Missing<S, Name, "window", Size> extends infer Sentence
        ? Sentence[] extends never[]
          ? Missing<S, Name, "stride", Stride>
          : Sentence
        : never
      : `${Name} needs 1 to 3 axes between batch and channels, but its input is ${Show<S>}`;
/** The sentence when a list has not as many numbers as there are axes, else `never`. */
type Missing<S extends Shape, Name extends string, What extends string, Given> =
  number extends RankOf<Given>
    ? never
    : RankOf<Given> extends S["length"]
      ? never
      : `${Name}: its ${What}, ${ShowGiven<Given>}, needs one size for each axis between batch and channels of ${Show<S>}`;
type ShowGiven<Given> = Given extends Shape ? Show<Given> : never;
type RankOf<Given> = Given extends readonly unknown[] ? [0, ...Given, 0]["length"] : number;

export interface PoolingOptions<Stride, Pad extends Padding> {
  /** Steps of the window. @defaultValue the window */
  readonly stride?: Stride;
  /** "VALID" leaves out what no whole window covers. @defaultValue "VALID" */
  readonly padding?: Pad;
}
