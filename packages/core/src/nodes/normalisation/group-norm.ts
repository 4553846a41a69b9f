import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { type Channels, type Divides, divides, type Shape, type ShowDim } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type FeaturesMisfit, featuresMisfit } from "../features.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import type { WrongSize } from "../wrong.ts";

export const groupNorm = defineNode({
  name: "groupNorm",
  stem: "groupNorm",
  doc: "Group normalisation: mean 0 and variance 1 over each group of channels and all positions of an example.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    groups: role.structure(size),
    epsilon: role.structure(z.number().positive().default(1e-5)),
    useScale: role.structure(z.boolean().default(true)),
    useBias: role.structure(z.boolean().default(true)),
  }),
  positional: ["groups"],
  named: "maybe",
  infer: ([x], { groups }) => {
    const misfit = featuresMisfit(x!.shape, "groupNorm");
    if (misfit) return misfit;
    const channels = x!.shape.at(-1)!;
    return divides(groups, channels) ? x! : `groupNorm: ${groups} groups do not divide ${channels} channels`;
  },
  weights: ([x], { useScale, useBias }) => {
    const channels = x!.shape.at(-1)!;
    return { ...(useScale && { scale: trainable(channels) }), ...(useBias && { bias: trainable(channels) }) };
  },
});

export interface GroupNorm<Groups> extends Op {
  readonly is: ["groupNorm", Groups];
  readonly out: GroupNormOut<this["in"], Groups>;
  readonly wrong: WrongSize<"groupNorm: groups", Groups>;
}
type GroupNormOut<T, Groups> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"groupNorm">
      : Misfit<S, Groups> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<S>
          : Sentence
        : never
    : never;
/** One group always fits: a condition on the channels would leave type parameters unresolved. */
type Misfit<S extends Shape, Groups> =
  FeaturesMisfit<S, "groupNorm"> extends infer Sentence
    ? Sentence[] extends never[]
      ? Groups extends 1
        ? never
        : Divides<Groups, Channels<S>> extends false
          ? `groupNorm: ${ShowDim<Groups>} groups do not divide ${ShowDim<Channels<S>>} channels`
          : never
      : Sentence
    : never;

export interface GroupNormOptions {
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
  /** Whether each channel is multiplied by a learned number. @defaultValue true */
  readonly useScale?: boolean;
  /** Whether a learned number is added to each channel. @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface GroupNormMethod {
  /**
   * Mean 0 and variance 1 over each group of channels and all positions of an example, then a learned scale and bias
   * for each channel (Wu and He 2018, "Group Normalization").
   *
   * The shape stays; training and prediction are the same.
   *
   * @param groups divides the channels; 1 normalises them all together, one for each channel is instance normalisation
   * @example x.groupNorm(8) // [batch, 28, 28, 32]: groups of 4 channels
   */
  groupNorm<Self, const Groups extends number>(
    this: Self,
    groups: Fits<Self, GroupNorm<Groups>, Groups>,
    options?: GroupNormOptions,
  ): Then<Self, GroupNorm<Groups>>;
}
