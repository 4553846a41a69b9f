import { callSite } from "@flaxen/errors";
import { z } from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";

export const cosineSchedule = defineSchedule({
  type: "cosine",
  doc: "Falls from `peak` to zero along half a cosine.",
  parameters: z.strictObject({ peak: role.dynamic(z.number().min(0)) }),
});

export interface CosineOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
}

/**
 * Falls from `peak` to zero at the run's last step: `peak * (1 + cos(pi * step / steps)) / 2`
 * (Loshchilov and Hutter, 2017, without restarts).
 */
export const cosine = (options: CosineOptions): Schedule =>
  createSchedule(cosineSchedule, options, "cosine", callSite(cosine));
