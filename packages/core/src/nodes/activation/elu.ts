import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const elu = elementwise({
  name: "elu",
  doc: "x above 0, alpha * (exp(x) - 1) elsewhere, value by value.",
  parameters: z.strictObject({ alpha: role.structure(z.number().positive().default(1)) }),
});

export interface Elu extends Elementwise<"elu"> {}

export interface EluOptions {
  /** What large negative values become, without its sign. @defaultValue 1 */
  readonly alpha?: number;
}

export interface EluMethod {
  /** x above 0, `alpha * (exp(x) - 1)` elsewhere (Clevert et al. 2016, "Exponential Linear Units"). */
  elu<Self>(this: Fits<Self, Elu, Self>, options?: EluOptions): Then<Self, Elu>;
}
