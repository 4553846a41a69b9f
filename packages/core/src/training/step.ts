import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { period, rate, unit } from "./schedule-parameters.ts";

export const stepSchedule = defineSchedule({
  type: "step",
  doc: "Is multiplied by `factor` after every `every` steps or epochs.",
  parameters: z.strictObject({
    peak: rate,
    every: period,
    factor: role.dynamic(z.number().positive()).default(0.1),
    unit,
  }),
});

export interface StepOptions {
  /** Learning rate of the first step. */
  readonly peak: number;
  /** Steps, or epochs, for which it stays the same. */
  readonly every: number;
  /** What it is multiplied by then. @defaultValue 0.1, as in PyTorch's StepLR */
  readonly factor?: number;
  /** What `every` counts. @defaultValue "steps" */
  readonly unit?: "steps" | "epochs";
}

/** Stays the same for `every` steps, or epochs, then is multiplied by `factor`: `peak * factor ** floor(step / every)`. */
export const step = (options: StepOptions): Schedule => createSchedule(stepSchedule, options, "step", callSite(step));
