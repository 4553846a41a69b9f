import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate } from "./schedule-parameters.ts";

export const polynomialSchedule = defineSchedule({
  type: "polynomial",
  doc: "Falls from `peak` to `end` along a power of what is left of the run.",
  parameters: z.strictObject({
    peak: rate,
    end: rate.default(0),
    power: role.dynamic(z.number().positive()).default(2),
  }),
});

export interface PolynomialOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** That of the last step. @defaultValue 0 */
  readonly end?: number;
  /** 1 is a straight line. @defaultValue 2 */
  readonly power?: number;
}

/** Falls from `peak` to `end` at the run's last step: `end + (peak - end) * (1 - step / steps) ** power`. */
export const polynomial = (options: PolynomialOptions): Schedule =>
  createSchedule(polynomialSchedule, options, "polynomial", callSite(polynomial));
