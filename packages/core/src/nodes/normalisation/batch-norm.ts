import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { defineNode } from "../define-node.ts";
import { featuresMisfit, type OverFeatures } from "../features.ts";
import { role } from "../role.ts";
import { statistic, trainable } from "../weights.ts";

export const batchNorm = defineNode({
  name: "batchNorm",
  stem: "norm",
  doc: "Batch normalisation of the last axis; running statistics are used outside of training.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    momentum: role.structure(z.number().min(0).lt(1).default(0.9)),
    epsilon: role.structure(z.number().positive().default(1e-5)),
  }),
  named: "maybe",
  infer: ([x]) => featuresMisfit(x!.shape, "batchNorm") ?? x!,
  weights: ([x]) => {
    const features = x!.shape.at(-1)!;
    return {
      scale: trainable(features),
      bias: trainable(features),
      mean: statistic(features),
      var: statistic(features),
    };
  },
});

export interface BatchNorm extends OverFeatures<"batchNorm"> {}

export interface BatchNormOptions {
  /** Share of the running statistics that a batch leaves as it is. @defaultValue 0.9 */
  readonly momentum?: number;
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface BatchNormMethod {
  /**
   * Mean 0 and variance 1 of each channel over a batch and all positions, then a learned scale and bias (Ioffe and Szegedy
   * 2015, "Batch Normalization").
   *
   * The running variance is that of the batches themselves, as in Keras and Flax; PyTorch's is `n / (n - 1)` times as
   * large for batches of n values of a channel.
   */
  batchNorm<Self>(this: Fits<Self, BatchNorm, Self>, options?: BatchNormOptions): Then<Self, BatchNorm>;
}
