import {
  type AnyModel,
  createExperiment,
  type Data,
  type Experiment,
  ParameterError,
  type Reported,
} from "@flaxen/core";
import { callSite, type Site } from "@flaxen/errors";
import { type Job, RunCancelledError, type Runner } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import { interpreterFor } from "../predict/interpreter.ts";
import { createTrained } from "../trained/create-trained.ts";
import { writeRecord } from "../trained/record.ts";
import type { Trained } from "../trained/trained.ts";
import { checkRunOptions, type RunOptions, type TrainOptions, withoutRunOptions } from "./options.ts";
import { oneBatch, prepareJob } from "./prepare-job.ts";
import type { Run } from "./run.ts";
import { typedRun } from "./typed-run.ts";

/** What a model predicts, by head. */
export type OutputsFor<M extends AnyModel> = M extends { readonly "~outputs"?: infer Outputs }
  ? Exclude<Outputs, undefined>
  : never;

/**
 * Trains a model, or an experiment, and resolves with the run as soon as it is submitted.
 *
 * Whatever can be known to be wrong is thrown here, before anything starts: options, columns, shapes, files. What only
 * the rows tell ends the run before anything is compiled.
 *
 * The run ends with this process, and alone keeps no script alive: await its result, or read its events.
 *
 * @example
 * const run = await train(digits, { data: data.mnist(), epochs: 3 });
 * const trained = await run.result();
 */
export function train<M extends AnyModel, Metric extends string>(
  experiment: Experiment<M, Metric>,
  options?: RunOptions,
): Promise<Run<Metric, Trained<M["inputs"], Metric, OutputsFor<M>>>>;
export function train<M extends AnyModel, D extends Data>(
  model: M,
  options: TrainOptions<D, Reported<M, D> & {}>,
): Promise<Run<Reported<M, D> & {}, Trained<M["inputs"], Reported<M, D> & {}, OutputsFor<M>>>>;
export async function train(
  subject: Experiment | AnyModel,
  options: RunOptions | TrainOptions = {},
): Promise<Run<any, Trained<any, any, any>>> {
  const site = callSite(train);
  if (typeof subject !== "object" || subject === null || !("document" in subject))
    throw new ParameterError("train needs a model or an experiment as its first argument", { node: "train", site });
  const given = "metricNames" in subject;
  const { runner = local(), signal, dryRun = false } = checkRunOptions(options, given, site);
  const experiment = given ? asExperiment(subject, options as TrainOptions, site) : subject;
  const job = await prepareJob(experiment);
  if (signal?.aborted) throw new RunCancelledError(undefined);
  return start(experiment, dryRun ? oneBatch(job) : job, runner, signal);
}

const asExperiment = (model: AnyModel, options: TrainOptions, site: Site | undefined): Experiment =>
  createExperiment(model, withoutRunOptions(options), "train", site);

const start = async (experiment: Experiment, job: Job, runner: Runner, signal: AbortSignal | undefined) => {
  const run = await runner.submit(job, { signal });
  const { environment } = job.program;
  return typedRun({
    run,
    metrics: job.metrics,
    finish: async ({ metrics, bestEpoch = null, steps, seconds }) => {
      const record = {
        flaxen: 1 as const,
        environment,
        experiment: experiment.document,
        metrics,
        bestEpoch,
        steps,
        seconds,
      };
      await writeRecord(run.folder, record);
      const python = () => interpreterFor(environment, runner);
      return createTrained({ folder: run.folder, record, python });
    },
  });
};
