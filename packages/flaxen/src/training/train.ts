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
import { loadWeights, type WeightsSource } from "../weights/load-weights.ts";
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
export function train<S extends AnyModel | Experiment, D extends Data = Data>(
  subject: S,
  ...options: TrainArguments<S, D>
): Promise<RunFor<S, D>>;
export async function train(
  subject: Experiment | AnyModel,
  options: RunOptions | TrainOptions = {},
): Promise<Run<any, Trained<any, any, any>>> {
  const site = callSite(train);
  if (typeof subject !== "object" || subject === null || !("document" in subject))
    throw new ParameterError("train needs a model or an experiment as its first argument", { node: "train", site });
  const given = "metricNames" in subject;
  const { runner = local(), dryRun = false, submit } = checkRunOptions(options, given, site);
  const experiment = given ? await asExperiment(subject, options as TrainOptions, site) : subject;
  const job = await prepareJob(experiment);
  const { signal } = submit;
  if (signal?.aborted) throw new RunCancelledError(undefined, signal.reason);
  const run = await runner.submit(dryRun ? oneBatch(job) : job, submit);
  return runOf(experiment, run, runner, job.program.environment);
}

/** One signature, not two: a misfit is told without "No overload matches this call". */
type TrainArguments<S, D extends Data> = S extends Experiment
  ? [options?: RunOptions]
  : S extends AnyModel
    ? [options: TrainOptions<D, Reported<S, D> & {}>]
    : never;
type RunFor<S, D extends Data> =
  S extends Experiment<infer M, infer Metric>
    ? Run<Metric, Trained<M["inputs"], Metric, OutputsFor<M>>>
    : S extends AnyModel
      ? Run<Reported<S, D> & {}, Trained<S["inputs"], Reported<S, D> & {}, OutputsFor<S>>>
      : never;

const asExperiment = async (model: AnyModel, options: TrainOptions, site: Site | undefined): Promise<Experiment> => {
  const { weights, ...rest } = withoutRunOptions(options);
  const read = isSource(weights) ? await loadWeights(model, weights) : weights;
  return createExperiment(model, read === undefined ? rest : { ...rest, weights: read }, "train", site);
};

const isSource = (weights: TrainOptions["weights"]): weights is WeightsSource =>
  typeof weights === "string" || (typeof weights === "object" && "path" in weights && !("kind" in weights));
