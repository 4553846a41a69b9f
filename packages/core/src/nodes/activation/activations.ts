import type { Fits, Then } from "../../graph/op.ts";
import type { NodeDefinition } from "../definition.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

/**
 * Activations without a parameter. Each is a line of `docs`, a rule and a method here, and a line of the compiler's
 * file of this name.
 */
const docs = {
  exponential: "exp(x), value by value.",
  hardSigmoid: "min(max(x + 3, 0), 6) / 6, value by value.",
  hardSwish: "x * min(max(x + 3, 0), 6) / 6, value by value.",
  hardTanh: "min(max(x, -1), 1), value by value.",
  logSigmoid: "log(1 / (1 + exp(-x))), value by value.",
  mish: "x * tanh(log(1 + exp(x))), value by value.",
  relu: "max(x, 0), value by value.",
  selu: "1.0507 * x above 0, 1.7581 * (exp(x) - 1) elsewhere, value by value.",
  sigmoid: "1 / (1 + exp(-x)), value by value.",
  silu: "x / (1 + exp(-x)), value by value; also called swish.",
  softplus: "log(1 + exp(x)), value by value.",
  softsign: "x / (1 + |x|), value by value.",
  squaredRelu: "max(x, 0) squared, value by value.",
  tanh: "The hyperbolic tangent, value by value.",
} satisfies Record<keyof PlainActivationMethods, string>;

export const activations = Object.fromEntries(
  Object.entries(docs).map(([name, doc]) => [name, elementwise({ name, doc })]),
) as Readonly<Record<keyof PlainActivationMethods, NodeDefinition>>;

export interface Exponential extends Elementwise<"exponential"> {}
export interface HardSigmoid extends Elementwise<"hardSigmoid"> {}
export interface HardSwish extends Elementwise<"hardSwish"> {}
export interface HardTanh extends Elementwise<"hardTanh"> {}
export interface LogSigmoid extends Elementwise<"logSigmoid"> {}
export interface Mish extends Elementwise<"mish"> {}
export interface Relu extends Elementwise<"relu"> {}
export interface Selu extends Elementwise<"selu"> {}
export interface Sigmoid extends Elementwise<"sigmoid"> {}
export interface Silu extends Elementwise<"silu"> {}
export interface Softplus extends Elementwise<"softplus"> {}
export interface Softsign extends Elementwise<"softsign"> {}
export interface SquaredRelu extends Elementwise<"squaredRelu"> {}
export interface Tanh extends Elementwise<"tanh"> {}

/** Each keeps the shape. */
export interface PlainActivationMethods {
  /** exp(x), value by value. */
  exponential<Self>(this: Fits<Self, Exponential, Self>): Then<Self, Exponential>;
  /** A sigmoid of straight lines, min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, "Searching for MobileNetV3"). */
  hardSigmoid<Self>(this: Fits<Self, HardSigmoid, Self>): Then<Self, HardSigmoid>;
  /** x * min(max(x + 3, 0), 6) / 6, a cheap `silu` (Howard et al. 2019, "Searching for MobileNetV3"). */
  hardSwish<Self>(this: Fits<Self, HardSwish, Self>): Then<Self, HardSwish>;
  /** min(max(x, -1), 1), value by value. */
  hardTanh<Self>(this: Fits<Self, HardTanh, Self>): Then<Self, HardTanh>;
  /** log(sigmoid(x)), exact where the sigmoid itself would be 0. */
  logSigmoid<Self>(this: Fits<Self, LogSigmoid, Self>): Then<Self, LogSigmoid>;
  /** x * tanh(softplus(x)) (Misra 2019, "Mish: A Self Regularized Non-Monotonic Activation Function"). */
  mish<Self>(this: Fits<Self, Mish, Self>): Then<Self, Mish>;
  /** max(x, 0), value by value. */
  relu<Self>(this: Fits<Self, Relu, Self>): Then<Self, Relu>;
  /** An `elu` that keeps mean 0 and variance 1 (Klambauer et al. 2017, "Self-Normalizing Neural Networks"). */
  selu<Self>(this: Fits<Self, Selu, Self>): Then<Self, Selu>;
  /** 1 / (1 + exp(-x)), value by value. */
  sigmoid<Self>(this: Fits<Self, Sigmoid, Self>): Then<Self, Sigmoid>;
  /** x * sigmoid(x), also called swish (Elfwing et al. 2018, "Sigmoid-Weighted Linear Units"). */
  silu<Self>(this: Fits<Self, Silu, Self>): Then<Self, Silu>;
  /** log(1 + exp(x)), value by value. */
  softplus<Self>(this: Fits<Self, Softplus, Self>): Then<Self, Softplus>;
  /** x / (1 + |x|), value by value. */
  softsign<Self>(this: Fits<Self, Softsign, Self>): Then<Self, Softsign>;
  /** max(x, 0) squared, value by value (So et al. 2021, "Primer"). */
  squaredRelu<Self>(this: Fits<Self, SquaredRelu, Self>): Then<Self, SquaredRelu>;
  /** The hyperbolic tangent, value by value. */
  tanh<Self>(this: Fits<Self, Tanh, Self>): Then<Self, Tanh>;
}
