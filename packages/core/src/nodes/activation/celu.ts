import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const celu = elementwise({
  name: "celu",
  doc: "x above 0, alpha * (exp(x / alpha) - 1) elsewhere, value by value.",
  parameters: z.strictObject({ alpha: role.structure(z.number().positive().default(1)) }),
});

export interface Celu extends Elementwise<"celu"> {}

export interface CeluOptions {
  /** What large negative values become, without its sign. @defaultValue 1 */
  readonly alpha?: number;
}

export interface CeluMethod {
  /** x above 0, `alpha * (exp(x / alpha) - 1)` elsewhere: smooth for every alpha (Barron 2017). */
  celu<Self>(this: Fits<Self, Celu, Self>, options?: CeluOptions): Then<Self, Celu>;
}
