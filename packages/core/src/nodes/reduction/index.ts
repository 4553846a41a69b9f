import type { NodeDefinition } from "../definition.ts";
import { type ArgMethods, argmax, argmin } from "./arg.ts";
import { type CumsumMethod, cumsum } from "./cumsum.ts";
import { logSumExp, max, mean, min, norm, type PlainReductionMethods, sum } from "./reductions.ts";

export interface ReductionMethods extends ArgMethods, CumsumMethod, PlainReductionMethods {}

export const reductionNodes = {
  argmax,
  argmin,
  cumsum,
  logSumExp,
  max,
  mean,
  min,
  norm,
  sum,
} satisfies Record<keyof ReductionMethods, NodeDefinition>;

export type { ArgMethods, Argmax, Argmin } from "./arg.ts";
export type { Cumsum, CumsumMethod } from "./cumsum.ts";
export type { Axes, FloatReduce, Reduce, ReduceOptions } from "./reduce.ts";
export type { LogSumExp, Max, Mean, Min, Norm, PlainReductionMethods, Sum } from "./reductions.ts";
