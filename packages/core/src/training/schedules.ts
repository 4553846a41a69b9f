import { constantSchedule } from "./constant.ts";
import { cosineSchedule } from "./cosine.ts";
import type { ScheduleDefinition } from "./define-schedule.ts";
import { warmupCosineSchedule } from "./warmup-cosine.ts";

/** Every schedule by its type. */
export const schedules = {
  constant: constantSchedule,
  cosine: cosineSchedule,
  warmupCosine: warmupCosineSchedule,
} satisfies Record<string, ScheduleDefinition>;
