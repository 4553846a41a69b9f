import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate, steps } from "./schedule-parameters.ts";

export const warmupLinearSchedule = defineSchedule({
  type: "warmupLinear",
  doc: "Rises to `peak` over `warmupSteps`, then falls to `end` along a straight line.",
  parameters: z.strictObject({ peak: rate, warmupSteps: steps, end: rate.default(0) }),
});

export interface WarmupLinearOptions {
  /** The largest learning rate, reached when the warm-up ends. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
  /** The learning rate of the run's last step. @defaultValue 0 */
  readonly end?: number;
}

/** Rises linearly from zero to `peak` over `warmupSteps`, then falls linearly to `end` at the run's last step. */
export const warmupLinear = (options: WarmupLinearOptions): Schedule =>
  createSchedule(warmupLinearSchedule, options, "warmupLinear", callSite(warmupLinear));
