import type { NodeDefinition } from "../definition.ts";
import { activations, type PlainActivationMethods } from "./activations.ts";
import { type CeluMethod, celu } from "./celu.ts";
import { type EluMethod, elu } from "./elu.ts";
import { type GeluMethod, gelu } from "./gelu.ts";
import { type GluMethods, geglu, glu, swiglu } from "./glu.ts";
import { type LeakyReluMethod, leakyRelu } from "./leaky-relu.ts";
import { type PreluMethod, prelu } from "./prelu.ts";
import { type Relu6Method, relu6 } from "./relu6.ts";
import { logSoftmax, type SoftmaxMethods, softmax } from "./softmax.ts";
import { type ThresholdMethod, threshold } from "./threshold.ts";

export interface ActivationMethods
  extends PlainActivationMethods,
    CeluMethod,
    EluMethod,
    GeluMethod,
    GluMethods,
    LeakyReluMethod,
    PreluMethod,
    Relu6Method,
    SoftmaxMethods,
    ThresholdMethod {}

export const activationNodes = {
  ...activations,
  celu,
  elu,
  geglu,
  gelu,
  glu,
  leakyRelu,
  logSoftmax,
  prelu,
  relu6,
  softmax,
  swiglu,
  threshold,
} satisfies Record<keyof ActivationMethods, NodeDefinition>;

export type * from "./activations.ts";
export type { Celu, CeluMethod, CeluOptions } from "./celu.ts";
export type { Elementwise } from "./elementwise.ts";
export type { Elu, EluMethod, EluOptions } from "./elu.ts";
export type { Gated } from "./gated.ts";
export type { Gelu, GeluMethod, GeluOptions } from "./gelu.ts";
export type { Geglu, Glu, GluMethods, Swiglu } from "./glu.ts";
export type { LeakyRelu, LeakyReluMethod, LeakyReluOptions } from "./leaky-relu.ts";
export type { Prelu, PreluMethod, PreluOptions } from "./prelu.ts";
export type { Relu6, Relu6Method } from "./relu6.ts";
export type { LogSoftmax, Softmax, SoftmaxMethods } from "./softmax.ts";
export type { Threshold, ThresholdMethod, ThresholdOptions } from "./threshold.ts";
