import { resolve } from "node:path";
import { type AnyModel, canonicalJson, type Experiment } from "@flaxen/core";
import type { Runner } from "@flaxen/runner";
import { NotTrainedError } from "../errors/run.ts";
import { interpreterFor } from "../predict/interpreter.ts";
import type { OutputsFor } from "../training/outputs-for.ts";
import { createTrained } from "./create-trained.ts";
import { readRecord } from "./record.ts";
import type { Trained } from "./trained.ts";

export interface LoadOptions {
  /** Whose Python predicts. @defaultValue local() */
  readonly runner?: Runner | undefined;
}

/** What the folder should hold, so that its types are known. */
export interface LoadAs<T> extends LoadOptions {
  readonly as: T;
}

/**
 * A trained model from the folder that `trained.save` wrote, or from a run's folder.
 *
 * With `as`, a model or an experiment, the folder must hold one that was trained from it, and the result is typed as
 * `train` would have typed it. Throws `NotTrainedError` otherwise.
 */
export function load<M extends AnyModel, Metric extends string>(
  folder: string,
  options: LoadAs<Experiment<M, Metric>>,
): Promise<Trained<M["inputs"], Metric, OutputsFor<M>>>;
export function load<M extends AnyModel>(
  folder: string,
  options: LoadAs<M>,
): Promise<Trained<M["inputs"], M["metricNames"][number], OutputsFor<M>>>;
export function load(folder: string, options?: LoadOptions): Promise<Trained<any, string, Record<string, unknown>>>;
export async function load(
  given: string,
  { as, runner }: LoadOptions & { readonly as?: AnyModel | Experiment } = {},
): Promise<Trained<any, any, any>> {
  const folder = resolve(given);
  const record = await readRecord(folder);
  if (as !== undefined) {
    const whole = "hash" in as;
    const expected = whole ? as.document : as.document;
    const found = whole ? record.experiment : record.experiment.model;
    if (canonicalJson(expected) !== canonicalJson(found))
      throw new NotTrainedError(
        `${folder} holds a model that was trained from another ${whole ? "experiment" : "model"}.`,
      );
  }
  return createTrained({ folder, record, python: () => interpreterFor(record.environment, runner) });
}
