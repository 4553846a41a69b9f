import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { period, rate, unit } from "./schedule-parameters.ts";

export const exponentialSchedule = defineSchedule({
  type: "exponential",
  doc: "Is multiplied by `factor` over every `every` steps or epochs.",
  parameters: z.strictObject({
    peak: rate,
    factor: role.dynamic(z.number().positive()),
    every: period,
    staircase: role.structure(z.boolean()).default(false),
    unit,
  }),
});

export interface ExponentialOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** What is left of it after `every` steps or epochs, for example 0.96. */
  readonly factor: number;
  /** Steps over which it is multiplied by `factor` once. */
  readonly every: number;
  /** Whether it stays the same for so long and then jumps. @defaultValue false */
  readonly staircase?: boolean;
  /** What `every` counts. @defaultValue "steps" */
  readonly unit?: "steps" | "epochs";
}

/** Falls exponentially: `peak * factor ** (step / every)`; with `staircase` of the whole part of `step / every`. */
export const exponential = (options: ExponentialOptions): Schedule =>
  createSchedule(exponentialSchedule, options, "exponential", callSite(exponential));
