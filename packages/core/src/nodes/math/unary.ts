import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { IntTensor, Tensor, Typed } from "../../graph/tensor.ts";
import { type Elementwise, elementwise } from "../activation/elementwise.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";

const value = role.structure(z.number());

export const abs = elementwise({ name: "abs", doc: "The absolute value, value by value." });
export const cos = elementwise({ name: "cos", doc: "The cosine, value by value." });
export const log = elementwise({ name: "log", doc: "The natural logarithm, value by value." });
export const negate = elementwise({ name: "negate", doc: "-x, value by value." });
export const sin = elementwise({ name: "sin", doc: "The sine, value by value." });
export const sqrt = elementwise({ name: "sqrt", doc: "The square root, value by value." });
export const square = elementwise({ name: "square", doc: "x * x, value by value." });
export const power = elementwise({
  name: "power",
  doc: "x to the power of a number, value by value.",
  parameters: z.strictObject({ exponent: value }),
  positional: ["exponent"],
});
export const clip = elementwise({
  name: "clip",
  doc: "min(max(x, low), high), value by value.",
  parameters: z.strictObject({ low: value, high: value }),
  positional: ["low", "high"],
});
export const stopGradient = elementwise({
  name: "stopGradient",
  doc: "x itself, through which no gradient goes.",
});

export interface Abs extends Elementwise<"abs"> {}
export interface Cos extends Elementwise<"cos"> {}
export interface Log extends Elementwise<"log"> {}
export interface Negate extends Elementwise<"negate"> {}
export interface Sin extends Elementwise<"sin"> {}
export interface Sqrt extends Elementwise<"sqrt"> {}
export interface Square extends Elementwise<"square"> {}
export interface Power extends Elementwise<"power"> {}
export interface Clip extends Elementwise<"clip"> {}
export interface StopGradient extends Elementwise<"stopGradient"> {}

const dtype = role.structure(z.enum(["float", "int"]));

export const cast = defineNode({
  name: "cast",
  stem: "cast",
  doc: "Whole numbers as floats, or floats as whole numbers, cut off towards 0.",
  ports: [{ name: "x", dtype: "any" }],
  parameters: z.strictObject({ dtype }),
  positional: ["dtype"],
  infer: ([x], params) => ({ shape: x!.shape, dtype: params.dtype }),
});

export interface Cast<To extends "float" | "int"> extends Op {
  readonly is: ["cast", To];
  readonly out: this["in"] extends Typed<infer S> ? (To extends "int" ? IntTensor<S> : Tensor<S>) : never;
}

/** Each keeps the shape. */
export interface UnaryMethods {
  /** The absolute value, value by value. */
  abs<Self>(this: Fits<Self, Abs, Self>): Then<Self, Abs>;
  /**
   * Whole numbers as floats, or floats as whole numbers, cut off towards 0 and without a gradient.
   *
   * @param dtype "float" or "int"
   * @example ids.greater(0).cast("float") // IntTensor [batch, time] -> Tensor [batch, time]
   */
  cast<Self, const To extends "float" | "int">(this: Self, dtype: Fits<Self, Cast<To>, To>): Then<Self, Cast<To>>;
  /**
   * min(max(x, low), high), value by value; its gradient is 0 outside.
   *
   * @param low the least that comes out
   * @param high the most; it wins where it lies below `low`
   * @example x.clip(-1, 1) // [batch, 64] as before
   */
  clip<Self>(this: Fits<Self, Clip, Self>, low: number, high: number): Then<Self, Clip>;
  /** The cosine, value by value, of angles in radians. */
  cos<Self>(this: Fits<Self, Cos, Self>): Then<Self, Cos>;
  /** The natural logarithm, value by value: -infinity at 0 and NaN below. */
  log<Self>(this: Fits<Self, Log, Self>): Then<Self, Log>;
  /** -x, value by value. */
  negate<Self>(this: Fits<Self, Negate, Self>): Then<Self, Negate>;
  /**
   * x to the power of a number, value by value: NaN below 0 unless it is a whole one.
   *
   * @param exponent 0.5 is the square root
   * @example x.power(3) // [batch, 64] as before
   */
  power<Self>(this: Fits<Self, Power, Self>, exponent: number): Then<Self, Power>;
  /** The sine, value by value, of angles in radians. */
  sin<Self>(this: Fits<Self, Sin, Self>): Then<Self, Sin>;
  /** The square root, value by value: NaN below 0; its gradient is infinite at 0. */
  sqrt<Self>(this: Fits<Self, Sqrt, Self>): Then<Self, Sqrt>;
  /** x * x, value by value. */
  square<Self>(this: Fits<Self, Square, Self>): Then<Self, Square>;
  /** x itself, through which no gradient goes. */
  stopGradient<Self>(this: Fits<Self, StopGradient, Self>): Then<Self, StopGradient>;
}
