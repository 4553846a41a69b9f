import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const leakyRelu = elementwise({
  name: "leakyRelu",
  doc: "x above 0, negativeSlope * x elsewhere, value by value.",
  parameters: z.strictObject({ negativeSlope: role.structure(z.number().default(0.01)) }),
});

export interface LeakyRelu extends Elementwise<"leakyRelu"> {}

export interface LeakyReluOptions {
  /** The slope below 0. @defaultValue 0.01 */
  readonly negativeSlope?: number;
}

export interface LeakyReluMethod {
  /** x above 0, `negativeSlope * x` elsewhere (Maas et al. 2013, "Rectifier Nonlinearities"). */
  leakyRelu<Self>(this: Fits<Self, LeakyRelu, Self>, options?: LeakyReluOptions): Then<Self, LeakyRelu>;
}
