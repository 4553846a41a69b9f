import { callSite } from "@flaxen/errors";
import { z } from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";

export const warmupCosineSchedule = defineSchedule({
  type: "warmupCosine",
  doc: "Rises to `peak` over `warmupSteps`, then falls to zero along half a cosine.",
  parameters: z.strictObject({
    peak: role.dynamic(z.number().min(0)),
    warmupSteps: role.dynamic(z.int().min(0)),
  }),
});

export interface WarmupCosineOptions {
  /** The largest learning rate, reached when the warm-up ends. */
  readonly peak: number;
  /** Steps over which the learning rate rises from zero. */
  readonly warmupSteps: number;
}

/** Rises linearly from zero to `peak` over `warmupSteps`, then falls along half a cosine to zero at the run's last step. */
export const warmupCosine = (options: WarmupCosineOptions): Schedule =>
  createSchedule(warmupCosineSchedule, options, "warmupCosine", callSite(warmupCosine));
