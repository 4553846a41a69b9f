import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const gelu = elementwise({
  name: "gelu",
  doc: "x times the standard normal distribution's share below x, value by value.",
  parameters: z.strictObject({ approximate: role.structure(z.boolean().default(false)) }),
});

export interface Gelu extends Elementwise<"gelu"> {}

export interface GeluOptions {
  /** By tanh instead of the error function, as GPT-2 does: off by at most 0.0005. @defaultValue false */
  readonly approximate?: boolean;
}

export interface GeluMethod {
  /**
   * x times the standard normal distribution's share below x, value by value (Hendrycks and Gimpel 2016, "Gaussian
   * Error Linear Units").
   */
  gelu<Self>(this: Fits<Self, Gelu, Self>, options?: GeluOptions): Then<Self, Gelu>;
}
