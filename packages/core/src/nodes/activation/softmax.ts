import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { defineNode } from "../define-node.ts";
import { featuresMisfit, type OverFeatures } from "../features.ts";

const define = (name: string, doc: string) =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({}),
    infer: ([x]) => featuresMisfit(x!.shape, name) ?? x!,
  });

export const softmax = define("softmax", "exp(x) over its sum along the last axis: shares that add up to 1.");
export const logSoftmax = define("logSoftmax", "The logarithm of the softmax along the last axis.");

export interface Softmax extends OverFeatures<"softmax"> {}
export interface LogSoftmax extends OverFeatures<"logSoftmax"> {}

export interface SoftmaxMethods {
  /**
   * exp(x) over its sum along the last axis: shares that add up to 1. The shape stays.
   *
   * A classification head takes logits: it needs none before it.
   */
  softmax<Self>(this: Fits<Self, Softmax, Self>): Then<Self, Softmax>;
  /** The logarithm of the softmax along the last axis, exact where a share itself would be 0. The shape stays. */
  logSoftmax<Self>(this: Fits<Self, LogSoftmax, Self>): Then<Self, LogSoftmax>;
}
