import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import { deepFreeze } from "../document/json.ts";
import { checkOptions } from "../document/options.ts";

/** How the learning rate runs over the steps of a run. */
export interface Schedule {
  readonly kind: "schedule";
  readonly type: string;
  readonly params: Readonly<Record<string, number>>;
}

/** One schedule: its parameters with their roles. */
export interface ScheduleDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly doc: string;
  readonly parameters: S;
}

/** The only way a schedule comes to be. */
export const defineSchedule = <const S extends z.ZodObject>(definition: ScheduleDefinition<S>): ScheduleDefinition<S> =>
  definition;

/** What a schedule's function returns: its checked parameters, frozen. */
export const createSchedule = (
  definition: ScheduleDefinition,
  options: unknown,
  use: string,
  site: Site | undefined,
): Schedule => {
  const params = checkOptions(definition.parameters, options, use, site) as Record<string, number>;
  return deepFreeze({ kind: "schedule", type: definition.type, params });
};
