import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate, steps } from "./schedule-parameters.ts";

export const warmupStableDecaySchedule = defineSchedule({
  type: "warmupStableDecay",
  doc: "Rises to `peak`, stays there, and falls to `end` over the last steps.",
  parameters: z.strictObject({ peak: rate, warmupSteps: steps, decaySteps: steps, end: rate.default(0) }),
});

export interface WarmupStableDecayOptions {
  /** The learning rate between warm-up and decay. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
  /** The run's last steps, over which it falls along a straight line. */
  readonly decaySteps: number;
  /** The learning rate of the run's last step. @defaultValue 0 */
  readonly end?: number;
}

/** Rises linearly to `peak` over `warmupSteps`, stays there, and falls linearly over the last `decaySteps` (Hu and others, 2024). */
export const warmupStableDecay = (options: WarmupStableDecayOptions): Schedule =>
  createSchedule(warmupStableDecaySchedule, options, "warmupStableDecay", callSite(warmupStableDecay));
