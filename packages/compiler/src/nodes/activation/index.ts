import type { ActivationMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { activations } from "./activations.ts";
import { celu } from "./celu.ts";
import { elu } from "./elu.ts";
import { gelu } from "./gelu.ts";
import { glu } from "./glu.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { relu6 } from "./relu6.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { threshold } from "./threshold.ts";

export const activationPrinters: Record<keyof ActivationMethods, NodePrinter> = {
  ...activations,
  celu,
  elu,
  gelu,
  glu,
  leakyRelu,
  relu6,
  logSoftmax,
  softmax,
  threshold,
};
