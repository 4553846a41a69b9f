import { callSite, type Site } from "@flaxen/errors";
import * as z from "zod";
import { optionError } from "../document/options.ts";
import { typedDocument } from "../document/schema.ts";
import { role } from "../nodes/role.ts";
import { constantSchedule } from "./constant.ts";
import type { LearningRate } from "./define-optimizer.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";

export const joinSchedule = defineSchedule({
  type: "join",
  doc: "One schedule after another, each from a step on.",
  parameters: z.strictObject({
    schedules: role.structure(z.array(typedDocument).min(2).max(20)),
    from: role.dynamic(z.array(z.int().min(1)).max(19)),
  }),
  check: ({ schedules, from }) => {
    if (from.length !== schedules.length - 1)
      return `from needs one step for each schedule but the first: ${schedules.length - 1}, but it has ${from.length}`;
    if (from.some((step, i) => i > 0 && step <= from[i - 1]!)) return "the steps in from must rise";
    return schedules.some(({ type }) => type === "join")
      ? "a schedule in schedules is a join itself. List its schedules among these"
      : undefined;
  },
});

export interface JoinOptions {
  /** One schedule after another; a number stays as it is. */
  readonly schedules: readonly LearningRate[];
  /** The steps from which on each but the first holds: [100, 2000]. */
  readonly from: readonly number[];
}

/**
 * One schedule after another, each from a step on. Each counts steps from its own beginning, and takes the next one's
 * for the end of the run: `linear` reaches its `end` there.
 *
 * @example join({ schedules: [linear({ peak: 0, end: 1e-3 }), cosine({ peak: 1e-3 })], from: [100] })
 */
export const join = (options: JoinOptions): Schedule => {
  const site = callSite(join);
  const { schedules, ...rest } = options ?? {};
  const given = Array.isArray(schedules)
    ? { ...rest, schedules: schedules.map((one) => documentOf(one, site)) }
    : options;
  return createSchedule(joinSchedule, given, "join", site);
};

const documentOf = (given: LearningRate, site: Site | undefined) => {
  if (typeof given === "number") {
    const { type, params } = createSchedule(constantSchedule, { value: given }, "join", site);
    return { type, params };
  }
  if (given?.kind !== "schedule")
    throw optionError("join", "schedules must be numbers and schedules such as cosine({ peak: 1e-3 })", site);
  return { type: given.type, params: given.params };
};
