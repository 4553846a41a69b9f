import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { period, rate, steps } from "./schedule-parameters.ts";

export const warmupExponentialSchedule = defineSchedule({
  type: "warmupExponential",
  doc: "Rises to `peak` over `warmupSteps`, then is multiplied by `factor` over every `every` steps.",
  parameters: z.strictObject({
    peak: rate,
    warmupSteps: steps,
    factor: role.dynamic(z.number().positive().max(1)),
    every: period,
    end: rate.default(0),
  }),
  check: ({ peak, end }) => (end > peak ? `end must be at most peak, ${peak}, but it is ${end}` : undefined),
});

export interface WarmupExponentialOptions {
  /** The largest learning rate, reached when the warm-up ends. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
  /** What is left of it after `every` steps, at most 1: for example 0.96. */
  readonly factor: number;
  readonly every: number;
  /** It does not fall below this. @defaultValue 0 */
  readonly end?: number;
}

/**
 * Rises linearly from zero to `peak` over `warmupSteps`, then falls exponentially, but not below `end`:
 * `peak * factor ** ((step - warmupSteps) / every)`.
 */
export const warmupExponential = (options: WarmupExponentialOptions): Schedule =>
  createSchedule(warmupExponentialSchedule, options, "warmupExponential", callSite(warmupExponential));
