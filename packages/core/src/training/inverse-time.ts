import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { period, rate } from "./schedule-parameters.ts";

export const inverseTimeSchedule = defineSchedule({
  type: "inverseTime",
  doc: "Is divided by a number that grows by `rate` over every `every` steps.",
  parameters: z.strictObject({
    peak: rate,
    rate: role.dynamic(z.number().min(0)),
    every: period,
    staircase: role.structure(z.boolean()).default(false),
  }),
});

export interface InverseTimeOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** By how much the number that it is divided by grows over `every` steps, from 1 on: 1 halves it after the first. */
  readonly rate: number;
  readonly every: number;
  /** Whether it stays the same for `every` steps and then jumps. @defaultValue false */
  readonly staircase?: boolean;
}

/**
 * Falls with the inverse of the time: `peak / (1 + rate * step / every)`; with `staircase` of the whole part of
 * `step / every`.
 */
export const inverseTime = (options: InverseTimeOptions): Schedule =>
  createSchedule(inverseTimeSchedule, options, "inverseTime", callSite(inverseTime));
