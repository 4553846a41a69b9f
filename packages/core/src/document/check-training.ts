import type { Site } from "@flaxen/errors";
import type { OptimizerDefinition } from "../training/define-optimizer.ts";
import { optimizerParameters } from "../training/define-optimizer.ts";
import type { ScheduleDefinition } from "../training/define-schedule.ts";
import { optimizers } from "../training/optimizers.ts";
import { schedules } from "../training/schedules.ts";
import { BadDocumentError, UnknownMetricError, UnknownOptimizerError, UnknownScheduleError } from "./errors.ts";
import { own } from "./json.ts";
import { checkOptions, optionError } from "./options.ts";
import type { TrainingDocument, TypedDocument } from "./schema.ts";

/** Checks the training part; gives it in normal form. `metrics` are the names that the run will report. */
export const checkTraining = (
  training: TrainingDocument,
  metrics: readonly string[],
  site?: Site | undefined,
): TrainingDocument => {
  const { epochs, steps, earlyStopping } = training;
  if ((epochs === undefined) === (steps === undefined))
    throw new BadDocumentError("training needs either epochs or steps, and not both.");
  if (earlyStopping && !metrics.includes(earlyStopping.metric))
    throw new UnknownMetricError("earlyStopping", earlyStopping.metric, metrics, { site });
  return { ...training, optimizer: checkOptimizer(training.optimizer) };
};

const checkOptimizer = ({ type, params }: TypedDocument): TypedDocument => {
  const definition = own<OptimizerDefinition<any>>(optimizers, type);
  if (definition === undefined) throw new UnknownOptimizerError(type, Object.keys(optimizers));
  const use = `optimizer ${type}`;
  const checked = checkOptions(optimizerParameters(definition), params, use);
  const problem = definition.check?.(checked);
  if (problem !== undefined) throw optionError(use, problem);
  const learningRate = checkSchedule(checked.learningRate as TypedDocument, `${use}: learningRate`);
  return { type, params: { ...checked, learningRate } as TypedDocument["params"] };
};

const checkSchedule = ({ type, params }: TypedDocument, where: string): TypedDocument => {
  const definition = own<ScheduleDefinition>(schedules, type);
  if (definition === undefined) throw new UnknownScheduleError(where, type, Object.keys(schedules));
  return { type, params: checkOptions(definition.parameters, params, `${where}: ${type}`) as TypedDocument["params"] };
};
