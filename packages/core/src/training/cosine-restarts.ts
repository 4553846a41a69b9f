import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { period, rate } from "./schedule-parameters.ts";

export const cosineRestartsSchedule = defineSchedule({
  type: "cosineRestarts",
  doc: "Falls from `peak` to `end` along half a cosine, again and again.",
  parameters: z.strictObject({
    peak: rate,
    period,
    growth: role.structure(z.int().min(1).max(100)).default(2),
    end: rate.default(0),
  }),
});

export interface CosineRestartsOptions {
  /** Learning rate of the first step and after every restart. */
  readonly peak: number;
  /** Steps before the first restart. */
  readonly period: number;
  /** How many times longer than the last each cycle is; a whole number. @defaultValue 2 */
  readonly growth?: number;
  /** What every cycle falls to. @defaultValue 0 */
  readonly end?: number;
}

/**
 * Warm restarts (SGDR; Loshchilov and Hutter, 2017): `end + (peak - end) * (1 + cos(pi * t)) / 2`, where t goes from 0 to
 * 1 over `period` steps, then over `period * growth`, and so on.
 */
export const cosineRestarts = (options: CosineRestartsOptions): Schedule =>
  createSchedule(cosineRestartsSchedule, options, "cosineRestarts", callSite(cosineRestarts));
