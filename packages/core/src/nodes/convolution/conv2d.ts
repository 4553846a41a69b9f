import { z } from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
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
import { role } from "../role.ts";
import { bothAxes, padding, size, sizePair } from "../schemas.ts";
import { trainable } from "../weights.ts";
import {
  type AnyWindow,
  type ImageMisfit,
  imageMisfit,
  type Padding,
  type Sizes,
  type Slide,
  slide,
  type Window,
} from "../window.ts";

const groupsMisfit = (groups: number, channels: Dim, filters: number): string | undefined => {
  if (!divides(groups, channels)) return `conv2d: ${groups} groups do not divide ${channels} channels`;
  return divides(groups, filters) ? undefined : `conv2d: ${groups} groups do not divide ${filters} filters`;
};

export const conv2d = defineNode({
  name: "conv2d",
  stem: "conv",
  doc: "Convolution over images: [batch, height, width, channels] -> [batch, height, width, filters].",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    filters: role.shape(size),
    kernel: role.shape(sizePair),
    stride: role.structure(sizePair.default([1, 1])),
    padding: role.structure(padding.default("SAME")),
    dilation: role.structure(sizePair.default([1, 1])),
    groups: role.shape(size.default(1)),
    useBias: role.structure(z.boolean().default(true)),
  }),
  positional: ["filters"],
  named: "maybe",
  normalise: ({ kernel, stride, dilation, ...given }) => ({
    ...given,
    kernel: bothAxes(kernel),
    stride: bothAxes(stride),
    dilation: bothAxes(dilation),
  }),
  infer: ([x], params) => {
    const { shape } = x!;
    const misfit = imageMisfit(shape, "conv2d") ?? groupsMisfit(params.groups, shape[3]!, params.filters);
    if (misfit) return misfit;
    const out = slide(shape, params, params.filters, "conv2d");
    return typeof out === "string" ? out : { shape: out, dtype: "float" };
  },
  weights: ([x], { filters, kernel, groups, useBias }) => ({
    kernel: trainable(...kernel, quotient(x!.shape[3]!, groups), filters),
    ...(useBias && { bias: trainable(filters) }),
  }),
});

export interface Conv2d<Filters extends number, W extends AnyWindow, Groups = 1> extends Op {
  readonly is: ["conv2d", Filters, W, Groups];
  readonly out: Conv2dOut<this["in"], Filters, W, Groups>;
}
type Conv2dOut<T, Filters extends number, W extends AnyWindow, Groups> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"conv2d">
      : Misfit<S, Filters, Groups> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Slide<S, W, Filters, "conv2d">
          : Sentence
        : never
    : never;
/** Groups are looked at first: a condition on the channels would leave type parameters unresolved. */
type Misfit<S extends Shape, Filters, Groups> =
  ImageMisfit<S, "conv2d"> extends infer Sentence
    ? Sentence[] extends never[]
      ? Groups extends 1
        ? never
        : Divides<Groups, Channels<S>> extends false
          ? `conv2d: ${ShowDim<Groups>} groups do not divide ${ShowDim<Channels<S>>} channels`
          : Divides<Groups, Filters> extends false
            ? `conv2d: ${ShowDim<Groups>} groups do not divide ${ShowDim<Filters>} filters`
            : never
      : Sentence
    : never;

/** One type parameter per option that the shape needs: misspelt options are refused with a suggestion. */
export interface Conv2dOptions<Kernel, Stride, Pad, Dilation, Groups> {
  /** Height and width of the window; one number for both. */
  readonly kernel: Kernel;
  /** Steps of the window. @defaultValue 1 */
  readonly stride?: Stride;
  /** "SAME" keeps height and width (at stride 1), "VALID" pads nothing. @defaultValue "SAME" */
  readonly padding?: Pad;
  /** Distance of the window's cells. @defaultValue 1 */
  readonly dilation?: Dilation;
  /** Divides the input's channels and the filters. @defaultValue 1 */
  readonly groups?: Groups;
  /** @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface Conv2dMethod {
  /**
   * Convolution over images: `[batch, height, width, channels]` -> `[batch, height, width, filters]`.
   *
   * @param filters channels of the output
   * @example x.conv2d(32, { kernel: 3, stride: 2 }) // [batch, 28, 28, 1] -> [batch, 14, 14, 32]
   */
  conv2d<
    Self,
    const Filters extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Pad extends Padding = "SAME",
    const Dilation extends Sizes = 1,
    const Groups extends number = 1,
  >(
    this: Self,
    filters: Filters,
    options: Conv2dOptions<Kernel, Stride, Pad, Dilation, Groups> &
      Fits<Self, Conv2d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>, unknown>,
  ): Then<Self, Conv2d<Filters, Window<Kernel, Stride, Pad, Dilation>, Groups>>;
}
