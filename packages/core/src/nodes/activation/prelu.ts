import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { type FeaturesMisfit, featuresMisfit } from "../features.ts";
import { role } from "../role.ts";
import { trainable } from "../weights.ts";

export const prelu = defineNode({
  name: "prelu",
  stem: "prelu",
  doc: "x above 0, a learned slope times x elsewhere.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    perChannel: role.structure(z.boolean().default(false)),
    initial: role.structure(z.number().default(0.25)),
  }),
  named: "maybe",
  infer: ([x], { perChannel }) => (perChannel ? featuresMisfit(x!.shape, "prelu") : undefined) ?? x!,
  weights: ([x], { perChannel }) => ({ slope: perChannel ? trainable(x!.shape.at(-1)!) : trainable() }),
});

export interface Prelu<PerChannel = false> extends Op {
  readonly is: ["prelu", PerChannel];
  readonly out: PreluOut<this["in"], PerChannel>;
}
type PreluOut<T, PerChannel> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"prelu">
      : PerChannel extends false
        ? Tensor<S>
        : FeaturesMisfit<S, "prelu"> extends infer Misfit extends string
          ? Misfit[] extends never[]
            ? Tensor<S>
            : Misfit
          : never
    : never;

export interface PreluOptions<PerChannel> {
  /** Whether each of the last axis has a slope of its own. @defaultValue false */
  readonly perChannel?: PerChannel;
  /** The slope before training. @defaultValue 0.25, as in the paper and in PyTorch */
  readonly initial?: number;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface PreluMethod {
  /**
   * x above 0, a learned slope times x elsewhere (He et al. 2015, "Delving Deep into Rectifiers"). Weights: `slope []`, or
   * `[channels]`.
   *
   * @example x.conv2d(32, { kernel: 3 }).prelu({ perChannel: true }) // [batch, 28, 28, 1]
   */
  prelu<Self, const PerChannel extends boolean = false>(
    this: Fits<Self, Prelu<PerChannel>, Self>,
    options?: PreluOptions<PerChannel>,
  ): Then<Self, Prelu<PerChannel>>;
}
