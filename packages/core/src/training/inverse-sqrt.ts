import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate, steps } from "./schedule-parameters.ts";

export const inverseSqrtSchedule = defineSchedule({
  type: "inverseSqrt",
  doc: "Rises to `peak` over `warmupSteps`, then falls with the root of the step.",
  parameters: z.strictObject({ peak: rate, warmupSteps: steps }),
});

export interface InverseSqrtOptions {
  /** The largest learning rate, reached when the warm-up ends. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
}

/**
 * `peak * min(step / warmupSteps, sqrt(warmupSteps / step))` (Vaswani and others, 2017, with a peak that is said): it does
 * not depend on how long the run is.
 */
export const inverseSqrt = (options: InverseSqrtOptions): Schedule =>
  createSchedule(inverseSqrtSchedule, options, "inverseSqrt", callSite(inverseSqrt));
