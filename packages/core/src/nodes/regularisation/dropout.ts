import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import type { Checked, Share } from "../wrong.ts";

export const dropout = defineNode({
  name: "dropout",
  stem: "dropout",
  doc: "While training, zeroes a share of the values and scales the others up by 1 / (1 - rate).",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ rate: role.dynamic(z.number().min(0).lt(1)) }),
  positional: ["rate"],
  named: "maybe",
  infer: ([x]) => x!,
});

export interface Dropout extends Op {
  readonly is: ["dropout"];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"dropout">
      : Tensor<S>
    : never;
}

export interface DropoutOptions {
  /** The layer's id in documents and the name of its rate among the hyperparameters. */
  readonly name?: string;
}

export interface DropoutMethod {
  /**
   * While training, zeroes a share of the values and scales the others up by 1 / (1 - rate).
   *
   * @param rate from 0 to below 1; changing it compiles nothing again
   */
  dropout<Self, const Rate extends number>(
    this: Fits<Self, Dropout, Self>,
    rate: Checked<Share<"dropout: rate", Rate>, Rate>,
    options?: DropoutOptions,
  ): Then<Self, Dropout>;
}
