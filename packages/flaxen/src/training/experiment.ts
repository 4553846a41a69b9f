import {
  type AnyModel,
  createExperiment,
  type Data,
  type ExperimentOptions,
  type FromJSONOptions,
  type Experiment as PlainExperiment,
  type Reported,
  fromJSON as readJSON,
} from "@flaxen/core";
import { callSite } from "@flaxen/errors";
import { ExperimentMismatchError, type Restores, restore } from "@flaxen/runner";
import type { Trained } from "../trained/trained.ts";
import type { OutputsFor } from "./outputs-for.ts";
import type { Run } from "./run.ts";
import { runOf } from "./run-of.ts";

/**
 * A model, its data and its training as one frozen value: what is compiled and run, and what gives a run that another
 * process started its types back: `local().attach(id, { as: experiment })`.
 */
export interface Experiment<M extends AnyModel = AnyModel, Metric extends string = string>
  extends PlainExperiment<M, Metric>,
    Restores<Run<Metric, Trained<M["inputs"], Metric, OutputsFor<M>>>> {}

/**
 * Puts a model, its data and its training together. All that can be known before a run is checked here: options,
 * columns, shapes, and for arrays each value.
 *
 * @example experiment(digits, { data: data.mnist(), epochs: 3 })
 */
export const experiment = <M extends AnyModel, D extends Data>(
  model: M,
  options: ExperimentOptions<D, Reported<M, D> & {}>,
): Experiment<M, Reported<M, D> & {}> => {
  const site = callSite(experiment);
  return restorable(createExperiment(model, options, "experiment", site)) as Experiment<M, Reported<M, D> & {}>;
};

/**
 * Reads an experiment's document, also a stranger's. `fromJSON(x.toJSON())` is `x` again, but for the call sites and the
 * bytes, which lie beside a document.
 */
export const fromJSON = (json: unknown, options?: FromJSONOptions): Experiment => restorable(readJSON(json, options));

const restorable = (plain: PlainExperiment): Experiment =>
  Object.freeze({
    ...plain,
    [restore]: (run, runner, { document, environment }) => {
      if (document !== plain.hash) throw new ExperimentMismatchError(run.id, plain.hash, document);
      return runOf(plain, run, runner, environment);
    },
  } satisfies Experiment);
