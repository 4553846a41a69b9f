import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import type { Checked, Share } from "../wrong.ts";

export const gaussianDropout = defineNode({
  name: "gaussianDropout",
  stem: "gaussianDropout",
  doc: "While training, multiplies by noise of mean 1 and the variance that dropout has, rate / (1 - rate).",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ rate: role.dynamic(z.number().min(0).lt(1)) }),
  positional: ["rate"],
  named: "maybe",
  infer: ([x]) => x!,
});

export interface GaussianDropout extends Op {
  readonly is: ["gaussianDropout"];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"gaussianDropout">
      : Tensor<S>
    : never;
}

export interface GaussianDropoutOptions {
  /** The layer's id in documents and the name of its rate among the hyperparameters. */
  readonly name?: string;
}

export interface GaussianDropoutMethod {
  /**
   * While training, multiplies by noise of mean 1 and the variance that dropout has, rate / (1 - rate).
   *
   * From Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", section 10.
   *
   * @param rate from 0 to below 1; changing it compiles nothing again
   * @example x.dense(64).relu().gaussianDropout(0.2) // [batch, 64]
   */
  gaussianDropout<Self, const Rate extends number>(
    this: Fits<Self, GaussianDropout, Self>,
    rate: Checked<Share<"gaussianDropout: rate", Rate>, Rate>,
    options?: GaussianDropoutOptions,
  ): Then<Self, GaussianDropout>;
}
