import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";
import { rate } from "./schedule-parameters.ts";

export const oneCycleSchedule = defineSchedule({
  type: "oneCycle",
  doc: "Rises to `peak`, then falls far below its start, along cosines or straight lines.",
  parameters: z.strictObject({
    peak: rate,
    warmup: role.dynamic(z.number().min(0).max(1)).default(0.3),
    startFactor: role.dynamic(z.number().min(0)).default(1 / 25),
    endFactor: role.dynamic(z.number().min(0)).default(1 / 250_000),
    anneal: role.structure(z.enum(["cosine", "linear"])).optional(),
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
  /** Along what it rises and falls: halves of cosines, or straight lines. @defaultValue "cosine" */
  readonly anneal?: "cosine" | "linear";
}

/** One cycle (Smith and Topin, 2018); defaults are those of fastai, PyTorch and optax. */
export const oneCycle = (options: OneCycleOptions): Schedule =>
  createSchedule(oneCycleSchedule, options, "oneCycle", callSite(oneCycle));
