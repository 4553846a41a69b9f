import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate, steps } from "./schedule-parameters.ts";

export const warmupCosineSchedule = defineSchedule({
  type: "warmupCosine",
  doc: "Rises to `peak` over `warmupSteps`, then falls to `end` along half a cosine.",
  parameters: z.strictObject({
    peak: rate,
    warmupSteps: steps,
    end: rate.optional(),
  }),
});

export interface WarmupCosineOptions {
  /** The largest learning rate, reached when the warm-up ends. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
  /** The learning rate of the run's last step. @defaultValue 0 */
  readonly end?: number;
}

/** Rises linearly from zero to `peak` over `warmupSteps`, then falls along half a cosine to `end` at the run's last step. */
export const warmupCosine = (options: WarmupCosineOptions): Schedule =>
  createSchedule(warmupCosineSchedule, options, "warmupCosine", callSite(warmupCosine));
