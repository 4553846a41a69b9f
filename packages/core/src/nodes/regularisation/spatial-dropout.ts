import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import type { Checked, Share } from "../wrong.ts";

export const spatialDropout = defineNode({
  name: "spatialDropout",
  stem: "spatialDropout",
  doc: "While training, zeroes whole channels of an example and scales the others up by 1 / (1 - rate).",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({ rate: role.dynamic(z.number().min(0).lt(1)) }),
  positional: ["rate"],
  named: "maybe",
  infer: ([x]) =>
    x!.shape.length > 2
      ? x!
      : `spatialDropout needs [batch, ...positions, channels], but its input is ${show(x!.shape)}`,
});

export interface SpatialDropout extends Op {
  readonly is: ["spatialDropout"];
  readonly out: this["in"] extends Typed<infer S, infer D> ? Out<S, D> : never;
}
type Out<S extends Shape, D> = D extends "int"
  ? NeedsFloat<"spatialDropout">
  : number extends S["length"]
    ? Tensor<S>
    : S extends readonly [unknown, unknown, unknown, ...unknown[]]
      ? Tensor<S>
      : `spatialDropout needs [batch, ...positions, channels], but its input is ${Show<S>}`;

export interface SpatialDropoutOptions {
  /** The layer's id in documents and the name of its rate among the hyperparameters. */
  readonly name?: string;
}

export interface SpatialDropoutMethod {
  /**
   * While training, zeroes whole channels of an example and scales the others up by 1 / (1 - rate).
   *
   * Neighbouring pixels are alike, so dropping some of them drops nothing: this drops feature maps (Tompson et al. 2015).
   *
   * @param rate from 0 to below 1; changing it compiles nothing again
   * @example x.spatialDropout(0.2) // [batch, 28, 28, 8] as before
   */
  spatialDropout<Self, const Rate extends number>(
    this: Fits<Self, SpatialDropout, Self>,
    rate: Checked<Share<"spatialDropout: rate", Rate>, Rate>,
    options?: SpatialDropoutOptions,
  ): Then<Self, SpatialDropout>;
}
