import type { NodeType } from "@flaxen/core";
import { activations } from "./activations.ts";
import { add } from "./add.ts";
import { avgPool } from "./avg-pool.ts";
import { batchNorm } from "./batch-norm.ts";
import { block } from "./block.ts";
import { celu } from "./celu.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { gelu } from "./gelu.ts";
import { globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { glu } from "./glu.ts";
import { groupNorm } from "./group-norm.ts";
import { input } from "./input.ts";
import { layerNorm } from "./layer-norm.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { maxPool } from "./max-pool.ts";
import type { NodePrinter } from "./printer.ts";
import { relu6 } from "./relu6.ts";
import { rmsNorm } from "./rms-norm.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { threshold } from "./threshold.ts";

/** How every node of the catalogue prints. */
const printers = {
  ...activations,
  add,
  avgPool,
  batchNorm,
  block,
  celu,
  conv2d,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  gelu,
  globalAvgPool,
  globalMaxPool,
  glu,
  groupNorm,
  input,
  layerNorm,
  leakyRelu,
  logSoftmax,
  maxPool,
  relu6,
  rmsNorm,
  softmax,
  threshold,
} satisfies Record<NodeType, NodePrinter>;

export const nodePrinter = (type: string): NodePrinter => printers[type as NodeType];
