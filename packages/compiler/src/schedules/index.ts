import type { schedules } from "@flaxen/core";
import {
  constant,
  cosine,
  cosineRestarts,
  exponential,
  inverseTime,
  linear,
  piecewise,
  polynomial,
  step,
} from "./falling.ts";
import { join } from "./join.ts";
import type { SchedulePrinter } from "./printer.ts";
import {
  inverseSqrt,
  oneCycle,
  warmupConstant,
  warmupCosine,
  warmupExponential,
  warmupLinear,
  warmupStableDecay,
} from "./warming.ts";

/** How every schedule prints. */
const printers = {
  constant,
  linear,
  polynomial,
  cosine,
  cosineRestarts,
  exponential,
  step,
  piecewise,
  inverseTime,
  inverseSqrt,
  oneCycle,
  warmupConstant,
  warmupLinear,
  warmupCosine,
  warmupExponential,
  warmupStableDecay,
  join,
} satisfies Record<keyof typeof schedules, SchedulePrinter>;

export const schedulePrinter = (type: string): SchedulePrinter => printers[type as keyof typeof printers];
