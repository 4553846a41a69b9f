import {
  type AnyModel,
  createExperiment,
  type Data,
  type Experiment,
  ParameterError,
  type Reported,
} from "@flaxen/core";
import { callSite, type Site } from "@flaxen/errors";
import { RunCancelledError } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import type { Trained } from "../trained/trained.ts";
import { checkRunOptions, type RunOptions, type TrainOptions, withoutRunOptions } from "./options.ts";
import type { OutputsFor } from "./outputs-for.ts";
import { oneBatch, prepareJob } from "./prepare-job.ts";
import type { Run } from "./run.ts";
import { runOf } from "./run-of.ts";

/**
 * Trains a model, or an experiment, and resolves with the run as soon as it is submitted.
 *
 * Whatever can be known to be wrong is thrown here, before anything starts: options, columns, shapes, files. What only
 * the rows tell ends the run before anything is compiled.
 *
 * The run ends with this process, which stays alive until the run has ended. With `detach` it goes on without: end the
 * script, and continue the run from any other one with `runner.attach(run.id, { as: experiment })`.
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
  const { runner = local(), dryRun = false, submit } = checkRunOptions(options, given, site);
  const experiment = given ? asExperiment(subject, options as TrainOptions, site) : subject;
  const job = await prepareJob(experiment);
  const { signal } = submit;
  if (signal?.aborted) throw new RunCancelledError(undefined, signal.reason);
  const run = await runner.submit(dryRun ? oneBatch(job) : job, submit);
  return runOf(experiment, run, runner, job.program.environment);
}

const asExperiment = (model: AnyModel, options: TrainOptions, site: Site | undefined): Experiment =>
  createExperiment(model, withoutRunOptions(options), "train", site);
