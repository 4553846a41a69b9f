import type { ReductionMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { argmax, argmin, cumsum, logSumExp, max, mean, min, norm, sum } from "./reductions.ts";

export const reductionPrinters: Record<keyof ReductionMethods, NodePrinter> = {
  argmax,
  argmin,
  cumsum,
  logSumExp,
  max,
  mean,
  min,
  norm,
  sum,
};
