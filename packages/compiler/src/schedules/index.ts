import type { schedules } from "@flaxen/core";
import { constant, cosine, cosineRestarts, exponential, linear, piecewise, polynomial, step } from "./falling.ts";
import type { SchedulePrinter } from "./printer.ts";
import { inverseSqrt, oneCycle, warmupConstant, warmupCosine, warmupLinear, warmupStableDecay } from "./warming.ts";

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
  inverseSqrt,
  oneCycle,
  warmupConstant,
  warmupLinear,
  warmupCosine,
  warmupStableDecay,
} satisfies Record<keyof typeof schedules, SchedulePrinter>;

export const schedulePrinter = (type: string): SchedulePrinter => printers[type as keyof typeof printers];
