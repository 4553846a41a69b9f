import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate } from "./schedule-parameters.ts";

export const cosineSchedule = defineSchedule({
  type: "cosine",
  doc: "Falls from `peak` to `end` along half a cosine.",
  parameters: z.strictObject({ peak: rate, end: rate.optional() }),
});

export interface CosineOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** That of the last step. @defaultValue 0 */
  readonly end?: number;
}

/**
 * Falls from `peak` to `end` at the run's last step: `end + (peak - end) * (1 + cos(pi * step / steps)) / 2`
 * (Loshchilov and Hutter, 2017, without restarts).
 */
export const cosine = (options: CosineOptions): Schedule =>
  createSchedule(cosineSchedule, options, "cosine", callSite(cosine));
