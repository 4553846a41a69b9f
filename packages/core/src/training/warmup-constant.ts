import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate, steps } from "./schedule-parameters.ts";

export const warmupConstantSchedule = defineSchedule({
  type: "warmupConstant",
  doc: "Rises to `peak` over `warmupSteps` and stays there.",
  parameters: z.strictObject({ peak: rate, warmupSteps: steps }),
});

export interface WarmupConstantOptions {
  /** The learning rate after the warm-up. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
}

/** Rises linearly from zero to `peak` over `warmupSteps` and stays there. */
export const warmupConstant = (options: WarmupConstantOptions): Schedule =>
  createSchedule(warmupConstantSchedule, options, "warmupConstant", callSite(warmupConstant));
