import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import type { Checked, Share } from "../wrong.ts";

export const dropPath = defineNode({
  name: "dropPath",
  stem: "dropPath",
  doc: "While training, zeroes whole examples and scales the others up by 1 / (1 - rate): stochastic depth.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ rate: role.dynamic(z.number().min(0).lt(1)) }),
  positional: ["rate"],
  named: "maybe",
  infer: ([x]) => x!,
});

export interface DropPath extends Op {
  readonly is: ["dropPath"];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<"dropPath">
      : Tensor<S>
    : never;
}

export interface DropPathOptions {
  /** The layer's id in documents and the name of its rate among the hyperparameters. */
  readonly name?: string;
}

export interface DropPathMethod {
  /**
   * While training, zeroes whole examples and scales the others up by 1 / (1 - rate): stochastic depth.
   *
   * The last operation of a residual's branch, which a dropped example then skips (Huang et al. 2016).
   *
   * @param rate from 0 to below 1; changing it compiles nothing again
   * @example x.residual(graph.layerNorm().dense(64).gelu().dropPath(0.1)) // [batch, 64] as before
   */
  dropPath<Self, const Rate extends number>(
    this: Fits<Self, DropPath, Self>,
    rate: Checked<Share<"dropPath: rate", Rate>, Rate>,
    options?: DropPathOptions,
  ): Then<Self, DropPath>;
}
