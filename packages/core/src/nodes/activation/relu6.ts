import type { Fits, Then } from "../../graph/op.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

/** Its stem is not its name: "relu61" is the 61st `relu`. */
export const relu6 = elementwise({ name: "relu6", stem: "clippedRelu", doc: "min(max(x, 0), 6), value by value." });

export interface Relu6 extends Elementwise<"relu6"> {}

export interface Relu6Method {
  /** min(max(x, 0), 6), value by value (Howard et al. 2017, "MobileNets"). */
  relu6<Self>(this: Fits<Self, Relu6, Self>): Then<Self, Relu6>;
}
