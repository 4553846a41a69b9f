import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { defineNode } from "../define-node.ts";
import { featuresMisfit, type OverFeatures } from "../features.ts";
import { role } from "../role.ts";
import { trainable } from "../weights.ts";

export const rmsNorm = defineNode({
  name: "rmsNorm",
  stem: "rmsNorm",
  doc: "Divides by the root mean square along the last axis, then a learned scale.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    epsilon: role.structure(z.number().positive().default(1e-6)),
    useScale: role.structure(z.boolean().default(true)),
  }),
  named: "maybe",
  infer: ([x]) => featuresMisfit(x!.shape, "rmsNorm") ?? x!,
  weights: ([x], { useScale }) => (useScale ? { scale: trainable(x!.shape.at(-1)!) } : {}),
});

export interface RmsNorm extends OverFeatures<"rmsNorm"> {}

export interface RmsNormOptions {
  /** Added to the mean square. @defaultValue 1e-6 */
  readonly epsilon?: number;
  /** Whether each feature is multiplied by a learned number. @defaultValue true */
  readonly useScale?: boolean;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}

export interface RmsNormMethod {
  /**
   * Divides by the root mean square along the last axis, then scales (Zhang and Sennrich 2019, "Root Mean Square Layer
   * Normalization").
   *
   * The mean is not taken out. The shape stays; training and prediction are the same.
   */
  rmsNorm<Self>(this: Fits<Self, RmsNorm, Self>, options?: RmsNormOptions): Then<Self, RmsNorm>;
}
