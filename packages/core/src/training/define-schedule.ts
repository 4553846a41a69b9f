import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { Json } from "../graph/graph-node.ts";

/** How the learning rate runs over the steps of a run. */
export interface Schedule {
  readonly kind: "schedule";
  readonly type: string;
  readonly params: Readonly<Record<string, Json>>;
}

/** One schedule: its parameters with their roles. */
export interface ScheduleDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly doc: string;
  readonly parameters: S;
  /** Why these parameters do not go together. */
  readonly check?: (params: z.output<S>) => string | undefined;
}

/** The only way a schedule comes to be. */
export const defineSchedule = <const S extends z.ZodObject>(definition: ScheduleDefinition<S>): ScheduleDefinition<S> =>
  definition;

/** What a schedule's function returns: its checked parameters, frozen. */
export const createSchedule = (
  definition: ScheduleDefinition<any>,
  options: unknown,
  use: string,
  site: Site | undefined,
): Schedule => {
  const params = checkOptions(definition.parameters, options, use, site) as Schedule["params"];
  const problem = definition.check?.(params);
  if (problem !== undefined) throw optionError(use, problem, site);
  return deepFreeze({ kind: "schedule", type: definition.type, params });
};
