import type { NodeType } from "@flaxen/core";
import { add } from "./add.ts";
import { batchNorm } from "./batch-norm.ts";
import { block } from "./block.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { input } from "./input.ts";
import { maxPool } from "./max-pool.ts";
import type { NodePrinter } from "./printer.ts";
import { relu } from "./relu.ts";

/** How every node of the catalogue prints. */
const printers = {
  add,
  batchNorm,
  block,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  input,
  maxPool,
  relu,
} satisfies Record<NodeType, NodePrinter>;

export const nodePrinter = (type: string): NodePrinter => printers[type as NodeType];
