import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const threshold = elementwise({
  name: "threshold",
  doc: "x where it is above the threshold, a fixed value elsewhere.",
  parameters: z.strictObject({ threshold: role.structure(z.number()), value: role.structure(z.number().default(0)) }),
  positional: ["threshold"],
});

export interface Threshold extends Elementwise<"threshold"> {}

export interface ThresholdOptions {
  /** What takes the place of x up to the threshold. @defaultValue 0 */
  readonly value?: number;
}

export interface ThresholdMethod {
  /**
   * x where it is above the threshold, `value` elsewhere.
   *
   * @param threshold x itself, when it is equal, is replaced
   */
  threshold<Self>(
    this: Fits<Self, Threshold, Self>,
    threshold: number,
    options?: ThresholdOptions,
  ): Then<Self, Threshold>;
}
