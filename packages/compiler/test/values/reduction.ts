import { type Block, graph } from "@flaxen/core";
import type { Case, Cases } from "./case.ts";

const onLongTable = (node: Block): Case => ({ operands: ["longTable"], node, tolerance: 1e-5 });
const onVolume = (node: Block): Case => ({ operands: ["volume"], node, tolerance: 1e-5 });

export const reduction: Cases = {
  mean: onLongTable(graph.mean(1)),
  meanOfAll: onVolume(graph.mean()),
  sum: onLongTable(graph.sum(-1)),
  sumOfTwo: onVolume(graph.sum([1, -2])),
  max: onLongTable(graph.max(1, { keepDims: true })),
  min: onLongTable(graph.min([2])),
  logSumExp: onLongTable(graph.logSumExp(1)),
  logSumExpOfAll: onVolume(graph.logSumExp(null, { keepDims: true })),
  norm: onLongTable(graph.norm(1)),
  normOfThree: onVolume(graph.norm([1, 2, 3])),
  argmax: onLongTable(graph.argmax()),
  argmin: onLongTable(graph.argmin(1)),
  cumsum: onLongTable(graph.cumsum(1)),
  cumsumOfLast: onLongTable(graph.cumsum()),
};
