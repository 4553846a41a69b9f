import type { ActivationMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { activations } from "./activations.ts";
import { celu } from "./celu.ts";
import { elu } from "./elu.ts";
import { gelu } from "./gelu.ts";
import { geglu, glu, swiglu } from "./glu.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { prelu } from "./prelu.ts";
import { relu6 } from "./relu6.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { threshold } from "./threshold.ts";

export const activationPrinters: Record<keyof ActivationMethods, NodePrinter> = {
  ...activations,
  celu,
  elu,
  geglu,
  gelu,
  glu,
  leakyRelu,
  prelu,
  relu6,
  logSoftmax,
  softmax,
  swiglu,
  threshold,
};
