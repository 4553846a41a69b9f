import { constantSchedule } from "./constant.ts";
import { cosineSchedule } from "./cosine.ts";
import { cosineRestartsSchedule } from "./cosine-restarts.ts";
import type { ScheduleDefinition } from "./define-schedule.ts";
import { exponentialSchedule } from "./exponential.ts";
import { inverseSqrtSchedule } from "./inverse-sqrt.ts";
import { inverseTimeSchedule } from "./inverse-time.ts";
import { joinSchedule } from "./join.ts";
import { linearSchedule } from "./linear.ts";
import { oneCycleSchedule } from "./one-cycle.ts";
import { piecewiseSchedule } from "./piecewise.ts";
import { polynomialSchedule } from "./polynomial.ts";
import { stepSchedule } from "./step.ts";
import { warmupConstantSchedule } from "./warmup-constant.ts";
import { warmupCosineSchedule } from "./warmup-cosine.ts";
import { warmupExponentialSchedule } from "./warmup-exponential.ts";
import { warmupLinearSchedule } from "./warmup-linear.ts";
import { warmupStableDecaySchedule } from "./warmup-stable-decay.ts";

/** Every schedule by its type. */
export const schedules = {
  constant: constantSchedule,
  linear: linearSchedule,
  polynomial: polynomialSchedule,
  cosine: cosineSchedule,
  cosineRestarts: cosineRestartsSchedule,
  exponential: exponentialSchedule,
  step: stepSchedule,
  piecewise: piecewiseSchedule,
  inverseTime: inverseTimeSchedule,
  inverseSqrt: inverseSqrtSchedule,
  oneCycle: oneCycleSchedule,
  warmupConstant: warmupConstantSchedule,
  warmupLinear: warmupLinearSchedule,
  warmupCosine: warmupCosineSchedule,
  warmupExponential: warmupExponentialSchedule,
  warmupStableDecay: warmupStableDecaySchedule,
  join: joinSchedule,
} satisfies Record<string, ScheduleDefinition<any>>;
