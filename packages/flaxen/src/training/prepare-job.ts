import { type CompiledExperiment, compile as compileDocument } from "@flaxen/compiler";
import { type Experiment, expectationsOf } from "@flaxen/core";
import type { Job } from "@flaxen/runner";
import { checkFiles } from "../data/check-files.ts";
import { resolveAssets } from "../data/resolve-assets.ts";

/** The Python program of an experiment, its configuration, and the names of its assets; nothing is opened or run. */
export const compile = ({ document, sites }: Experiment): CompiledExperiment => compileDocument(document, { sites });

/** All that a runner needs for an experiment, its files found and their headers checked. Throws `DataError`. */
export const prepareJob = async (experiment: Experiment, folder = process.cwd()): Promise<Job> => {
  const { data, model } = experiment.document;
  const compiled = compile(experiment);
  await checkFiles(data, expectationsOf(model), folder);
  const assets = await resolveAssets(compiled.assets, { use: `data.${data.type}`, folder, bytes: experiment.assets });
  return { ...compiled, assets };
};

/** The same program for one batch: how long a run is, is configuration. */
export const oneBatch = (job: Job): Job => ({ ...job, config: { ...job.config, epochs: null, steps: 1 } });
