import type { Site } from "@flaxen/errors";
import type { Weights } from "../nodes/weights.ts";
import type { OptimizerDefinition } from "../training/define-optimizer.ts";
import { optimizerParameters } from "../training/define-optimizer.ts";
import type { ScheduleDefinition } from "../training/define-schedule.ts";
import { optimizers } from "../training/optimizers.ts";
import { schedules } from "../training/schedules.ts";
import { assignWeights } from "../training/weight-patterns.ts";
import { BadDocumentError, UnknownMetricError, UnknownOptimizerError, UnknownScheduleError } from "./errors.ts";
import { own } from "./json.ts";
import { checkOptions, optionError } from "./options.ts";
import type { TrainingDocument, TypedDocument } from "./schema.ts";

/** Checks the training part; gives it in normal form. `metrics` are the names that the run will report. */
export const checkTraining = (
  training: TrainingDocument,
  metrics: readonly string[],
  weights: () => Weights,
  site?: Site | undefined,
): TrainingDocument => {
  const { epochs, steps, earlyStopping, reduceOnPlateau, freeze, groups, accumulate, batchSize } = training;
  if ((epochs === undefined) === (steps === undefined))
    throw new BadDocumentError("training needs either epochs or steps, and not both.");
  if (earlyStopping && !metrics.includes(earlyStopping.metric))
    throw new UnknownMetricError("earlyStopping", earlyStopping.metric, metrics, { site });
  if (reduceOnPlateau) checkPlateau(reduceOnPlateau, earlyStopping, metrics, site);
  if (accumulate !== undefined && batchSize % accumulate !== 0)
    throw optionError(
      "accumulate",
      `a batch of ${batchSize} rows cannot be read in ${accumulate} equal parts. Choose a batchSize that ${accumulate} divides`,
      site,
    );
  if (freeze || groups) assignWeights(training, weights(), site);
  return {
    ...training,
    optimizer: checkOptimizer(training.optimizer),
    ...(groups && { groups: groups.map(({ match, optimizer }) => ({ match, optimizer: checkOptimizer(optimizer) })) }),
  };
};

const checkPlateau = (
  { metric, mode, minDelta, patience }: NonNullable<TrainingDocument["reduceOnPlateau"]>,
  stopping: TrainingDocument["earlyStopping"],
  metrics: readonly string[],
  site: Site | undefined,
): void => {
  if (!metrics.includes(metric)) throw new UnknownMetricError("reduceOnPlateau", metric, metrics, { site });
  const alike = stopping?.metric === metric && stopping.mode === mode && stopping.minDelta === minDelta;
  if (alike && stopping.patience <= patience)
    throw optionError(
      "reduceOnPlateau",
      `its patience is ${patience} epochs, but earlyStopping ends the run after ${stopping.patience} that do not improve the same metric. Give earlyStopping the longer patience`,
      site,
    );
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
  const definition = own<ScheduleDefinition<any>>(schedules, type);
  if (definition === undefined) throw new UnknownScheduleError(where, type, Object.keys(schedules));
  const use = `${where}: ${type}`;
  const checked = checkOptions(definition.parameters, params, use) as TypedDocument["params"];
  const problem = definition.check?.(checked);
  if (problem !== undefined) throw optionError(use, problem);
  if (type !== "join") return { type, params: checked };
  const joined = checked.schedules as unknown as readonly TypedDocument[];
  return {
    type,
    params: { ...checked, schedules: joined.map((one, i) => checkSchedule(one, `${use}: schedules[${i}]`)) },
  };
};
