import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import type { Unless, WrongMagnitude } from "../wrong.ts";

export const gaussianNoise = defineNode({
  name: "gaussianNoise",
  stem: "gaussianNoise",
  doc: "While training, adds noise of mean 0.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ stddev: role.dynamic(z.number().min(0)) }),
  positional: ["stddev"],
  named: "maybe",
  infer: ([x]) => x!,
});

export interface GaussianNoise extends Op {
  readonly is: ["gaussianNoise"];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"gaussianNoise">
      : Tensor<S>
    : never;
}

export interface GaussianNoiseOptions {
  /** The layer's id in documents and the name of its standard deviation among the hyperparameters. */
  readonly name?: string;
}

export interface GaussianNoiseMethod {
  /**
   * While training, adds noise of mean 0.
   *
   * Noise on what comes in is a way to augment data; Keras calls it by the same name.
   *
   * @param stddev 0 or more, in the unit of what comes in; changing it compiles nothing again
   * @example x.gaussianNoise(0.1) // [batch, 12] as before
   */
  gaussianNoise<Self, const Deviation extends number>(
    this: Fits<Self, GaussianNoise, Self>,
    stddev: Unless<WrongMagnitude<"gaussianNoise: stddev", Deviation>, Deviation>,
    options?: GaussianNoiseOptions,
  ): Then<Self, GaussianNoise>;
}
