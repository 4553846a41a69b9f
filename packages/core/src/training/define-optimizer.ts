import type { Site } from "@flaxen/errors";
import * as z from "zod";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import { typedDocument } from "../document/schema.ts";
import { constantSchedule } from "./constant.ts";
import type { Schedule } from "./define-schedule.ts";

/** How gradients change the weights. */
export interface Optimizer {
  readonly kind: "optimizer";
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A number stays as it is through the run. */
export type LearningRate = number | Schedule;

/** One optimizer: its parameters with their roles, beside the learning rate that each has. */
export interface OptimizerDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly doc: string;
  /** The learning rate where none is given. */
  readonly learningRate: number;
  readonly parameters: S;
  /** Why these parameters do not go together. */
  readonly check?: (params: z.output<S>) => string | undefined;
}

/** The only way an optimizer comes to be. */
export const defineOptimizer = <const S extends z.ZodObject>(
  definition: OptimizerDefinition<S>,
): OptimizerDefinition<S> => definition;

/** An optimizer's parameters as the document holds them, its learning rate among them. */
export const optimizerParameters = (definition: OptimizerDefinition): z.ZodObject =>
  z.strictObject({ learningRate: typedDocument, ...definition.parameters.shape });

/** What an optimizer's function returns: its checked parameters, frozen. */
export const createOptimizer = (
  definition: OptimizerDefinition,
  options: { readonly learningRate?: LearningRate | undefined },
  use: string,
  site: Site | undefined,
): Optimizer => {
  const { learningRate = definition.learningRate, ...rest } = options;
  const schedule =
    typeof learningRate === "number" ? { type: constantSchedule.type, params: { value: learningRate } } : learningRate;
  if (typeof learningRate === "number")
    checkOptions(z.strictObject({ learningRate: z.number().min(0) }), { learningRate }, use, site);
  else if (typeof learningRate !== "object" || learningRate?.kind !== "schedule")
    throw optionError(use, "learningRate must be a number or a schedule such as cosine({ peak: 1e-3 })", site);
  const { type, params } = schedule;
  const checked = checkOptions(optimizerParameters(definition), { ...rest, learningRate: { type, params } }, use, site);
  const problem = definition.check?.(checked);
  if (problem !== undefined) throw optionError(use, problem, site);
  return deepFreeze({ kind: "optimizer", type: definition.type, params: checked });
};
