import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { defineNode } from "../define-node.ts";
import { featuresMisfit, type OverFeatures } from "../features.ts";
import { role } from "../role.ts";
import { trainable } from "../weights.ts";

export const layerNorm = defineNode({
  name: "layerNorm",
  stem: "layerNorm",
  doc: "Layer normalisation: mean 0 and variance 1 along the last axis, then a learned scale and bias.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    epsilon: role.structure(z.number().positive().default(1e-5)),
    useScale: role.structure(z.boolean().default(true)),
    useBias: role.structure(z.boolean().default(true)),
  }),
  named: "maybe",
  infer: ([x]) => featuresMisfit(x!.shape, "layerNorm") ?? x!,
  weights: ([x], { useScale, useBias }) => {
    const features = x!.shape.at(-1)!;
    return { ...(useScale && { scale: trainable(features) }), ...(useBias && { bias: trainable(features) }) };
  },
});

export interface LayerNorm extends OverFeatures<"layerNorm"> {}

export interface LayerNormOptions {
  /** Added to the variance. @defaultValue 1e-5 */
  readonly epsilon?: number;
  /** Whether each feature is multiplied by a learned number. @defaultValue true */
  readonly useScale?: boolean;
  /** Whether a learned number is added to each feature. @defaultValue true */
  readonly useBias?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface LayerNormMethod {
  /**
   * Mean 0 and variance 1 along the last axis, then a learned scale and bias (Ba et al. 2016, "Layer Normalization").
   *
   * The shape stays; training and prediction are the same.
   *
   * @example x.layerNorm() // [batch, time, 64]: every vector of 64 on its own
   */
  layerNorm<Self>(this: Fits<Self, LayerNorm, Self>, options?: LayerNormOptions): Then<Self, LayerNorm>;
}
