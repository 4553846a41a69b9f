import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate } from "./schedule-parameters.ts";

export const linearSchedule = defineSchedule({
  type: "linear",
  doc: "Goes from `peak` to `end` along a straight line.",
  parameters: z.strictObject({ peak: rate, end: rate.default(0) }),
});

export interface LinearOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** That of the last step; it may be the larger one. @defaultValue 0 */
  readonly end?: number;
}

/** Goes from `peak` to `end` at the run's last step along a straight line: `peak + (end - peak) * step / steps`. */
export const linear = (options: LinearOptions): Schedule =>
  createSchedule(linearSchedule, options, "linear", callSite(linear));
