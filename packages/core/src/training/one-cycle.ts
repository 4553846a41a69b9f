import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate } from "./schedule-parameters.ts";

export const oneCycleSchedule = defineSchedule({
  type: "oneCycle",
  doc: "Rises to `peak` along half a cosine, then falls far below its start along another.",
  parameters: z.strictObject({
    peak: rate,
    warmup: role.dynamic(z.number().min(0).max(1)).default(0.3),
    startFactor: role.dynamic(z.number().min(0)).default(1 / 25),
    endFactor: role.dynamic(z.number().min(0)).default(1 / 250_000),
  }),
});

export interface OneCycleOptions {
  /** The largest learning rate. */
  readonly peak: number;
  /** Share of the run's steps over which it rises. @defaultValue 0.3 */
  readonly warmup?: number;
  /** Learning rate of the first step, as a share of `peak`. @defaultValue 1/25 */
  readonly startFactor?: number;
  /** That of the last step, as a share of `peak`. @defaultValue 1/250000 */
  readonly endFactor?: number;
}

/** One cycle (Smith and Topin, 2018) along cosines; defaults are those of fastai, PyTorch and optax. */
export const oneCycle = (options: OneCycleOptions): Schedule =>
  createSchedule(oneCycleSchedule, options, "oneCycle", callSite(oneCycle));
