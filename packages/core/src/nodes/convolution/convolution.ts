import * as z from "zod";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Channels,
  type Dim,
  type Divides,
  divides,
  quotient,
  type Shape,
  type ShowDim,
} from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { elements, windowFlops } from "../flops.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import { type AnyWindow, type Nth, type Rank, type RankMisfit, rankMisfit, type Slide, slide } from "../window.ts";
import { axisPadding, axisSizes, onAllAxes, onAllSides, timePadding } from "../window-parameters.ts";
import type { Fine, Look, Plain, Told, Unless, WrongMagnitude, WrongSize, WrongSizes } from "../wrong.ts";

export interface Family<Name extends string> {
  readonly name: Name;
  /** What ids of its nodes start with. */
  readonly stem: string;
  readonly doc: string;
  /** Of the tensors that it takes. */
  readonly rank: Rank;
}

/** The parameters of a window with weights over the axes of a rank, and their shorter forms. */
export const windowOf = (rank: Rank) => {
  const axes = (rank - 2) as 1 | 2 | 3;
  const ones = Array.from({ length: axes }, () => 1);
  const [all, allSides] = [onAllAxes(axes), onAllSides(axes)];
  return {
    parameters: {
      kernel: role.shape(axisSizes(axes)),
      stride: role.structure(axisSizes(axes).default(ones)),
      padding: role.structure((axes === 1 ? timePadding : axisPadding(axes)).default("SAME")),
      dilation: role.structure(axisSizes(axes).default(ones)),
    },
    normalise: ({ kernel, stride, padding, dilation, ...given }: Readonly<Record<string, unknown>>) => ({
      ...given,
      kernel: all(kernel),
      stride: all(stride),
      padding: allSides(padding),
      dilation: all(dilation),
    }),
  };
};

/** A kind of node that mixes all channels of a group within a window. */
export const convolution = <Name extends string>({ name, stem, doc, rank }: Family<Name>) => {
  const window = windowOf(rank);
  const groupsMisfit = (groups: number, channels: Dim, filters: number): string | undefined => {
    if (!divides(groups, channels)) return `${name}: ${groups} groups do not divide ${channels} channels`;
    return divides(groups, filters) ? undefined : `${name}: ${groups} groups do not divide ${filters} filters`;
  };
  return defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      filters: role.shape(size),
      ...window.parameters,
      groups: role.shape(size.default(1)),
      useBias: role.structure(z.boolean().default(true)),
    }),
    positional: ["filters"],
    named: "maybe",
    normalise: window.normalise,
    infer: ([x], params) => {
      const { shape } = x!;
      const misfit = rankMisfit(shape, rank, name) ?? groupsMisfit(params.groups, shape.at(-1)!, params.filters);
      if (misfit) return misfit;
      const out = slide(shape, params, params.filters, name);
      return typeof out === "string" ? out : { shape: out, dtype: "float" };
    },
    weights: ([x], { filters, kernel, groups, useBias }) => ({
      kernel: trainable(...kernel, quotient(x!.shape.at(-1)!, groups), filters),
      ...(useBias && { bias: trainable(filters) }),
    }),
    flops: ([x], output, params) =>
      windowFlops(x!, output, params, Number(x!.shape.at(-1)) / params.groups) +
      (params.useBias ? elements(output.shape) : 0),
  });
};

/** What the rule of such a node gives. It is no interface to extend: one more layer costs types more. */
export type ConvolutionOut<
  T,
  Name extends string,
  R extends Rank,
  Filters extends number,
  W extends AnyWindow,
  Groups,
> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : Misfit<S, Name, R, Filters, Groups> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Slide<S, W, Filters, Name>
          : Sentence
        : never
    : never;
/** Groups are looked at first: a condition on the channels would leave type parameters unresolved. */
type Misfit<S extends Shape, Name extends string, R extends Rank, Filters, Groups> =
  RankMisfit<S, R, Name> extends infer Sentence
    ? Sentence[] extends never[]
      ? Groups extends 1
        ? never
        : Divides<Groups, Channels<S>> extends false
          ? `${Name}: ${ShowDim<Groups>} groups do not divide ${ShowDim<Channels<S>>} channels`
          : Divides<Groups, Filters> extends false
            ? `${Name}: ${ShowDim<Groups>} groups do not divide ${ShowDim<Filters>} filters`
            : never
      : Sentence
    : never;

/** What is wrong with the parameters of such a node; they are looked at one by one where they are not plain. */
export type WrongConvolution<Name extends string, Filters, W extends AnyWindow, Groups> = Told<
  Groups,
  WrongNumbers<Name, Filters, W, "groups", Groups>
>;
export type WrongUngrouped<Name extends string, Filters, W extends AnyWindow> = Told<
  W["dilation"],
  WrongNumbers<Name, Filters, W, "", 1>
>;
export type WrongDepthwise<Name extends string, W extends AnyWindow, Multiplier> = Told<
  Multiplier,
  WrongNumbers<Name, 1, W, "multiplier", Multiplier>
>;
type WrongNumbers<Name extends string, Filters, W extends AnyWindow, LastName extends string, Last> = [
  Numbers<Filters, W, Last>,
  W["padding"],
  Look<Numbers<Filters, W, Last>>,
] extends [number, string, Plain]
  ? Fine
  : Unless<
      WrongSize<`${Name}: filters`, Filters>,
      Unless<WrongWindow<Name, W>, WrongSize<`${Name}: ${LastName}`, Last>>
    >;
type Numbers<Filters, W extends AnyWindow, Last> = Filters | W["kernel"] | W["stride"] | W["dilation"] | Last;
type WrongWindow<Name extends string, W extends AnyWindow> = Unless<
  WrongSizes<`${Name}: kernel`, W["kernel"]>,
  Unless<
    WrongSizes<`${Name}: stride`, W["stride"]>,
    Unless<WrongPadding<`${Name}: padding`, W["padding"]>, WrongSizes<`${Name}: dilation`, W["dilation"]>>
  >
>;
type WrongPadding<Where extends string, Pad> = Unless<
  WrongZeros<`${Where}[0]`, Nth<Pad, 0>>,
  Unless<WrongZeros<`${Where}[1]`, Nth<Pad, 1>>, WrongZeros<`${Where}[2]`, Nth<Pad, 2>>>
>;
type WrongZeros<Where extends string, Given> = Unless<
  WrongMagnitude<`${Where}[0]`, Nth<Given, 0>>,
  WrongMagnitude<`${Where}[1]`, Nth<Given, 1>>
>;

/** One type parameter per option that the shape needs: misspelt options are refused with a suggestion. */
export interface WindowOptions<Kernel, Stride, Pad, Dilation> {
  /** Sizes of the window; one number for all axes. */
  readonly kernel: Kernel;
  /** Steps of the window. @defaultValue 1 */
  readonly stride?: Stride;
  /**
   * "SAME" keeps the sizes (at stride 1), "VALID" pads nothing. A number is that many zeros on every side, a list has
   * a number or `[before, after]` for each axis.
   *
   * @defaultValue "SAME"
   */
  readonly padding?: Pad;
  /** Distance of the window's cells. @defaultValue 1 */
  readonly dilation?: Dilation;
  /** Whether a learned number is added to each channel of the output. @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface ConvolutionOptions<Kernel, Stride, Pad, Dilation, Groups>
  extends WindowOptions<Kernel, Stride, Pad, Dilation> {
  /** Divides the input's channels and the filters. @defaultValue 1 */
  readonly groups?: Groups;
}
