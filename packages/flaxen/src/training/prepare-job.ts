import { type CompiledExperiment, compile as compileDocument } from "@flaxen/compiler";
import { type Experiment, expectationsOf } from "@flaxen/core";
import type { Site } from "@flaxen/errors";
import { DataError, type Job } from "@flaxen/runner";
import { checkFiles } from "../data/check-files.ts";
import { resolveAssets } from "../data/resolve-assets.ts";

/** The Python program of an experiment, its configuration, and the names of its assets; nothing is opened or run. */
export const compile = ({ document, sites }: Experiment): CompiledExperiment =>
  // What an experiment holds was written here, or let in by its reader.
  compileDocument(document, { sites, allowCode: true });

/** All that a runner needs for an experiment, its files found and their headers checked. Throws `DataError`. */
export const prepareJob = async (experiment: Experiment, folder = process.cwd()): Promise<Job> => {
  const { document, dataSite, assets: bytes } = experiment;
  const { data, model } = document;
  const compiled = compile(experiment);
  try {
    await checkFiles(data, expectationsOf(model), folder);
    const assets = await resolveAssets(compiled.assets, { use: `data.${data.type}`, folder, bytes });
    return { ...compiled, assets, dataSite };
  } catch (error) {
    throw locate(error, dataSite);
  }
};

const locate = (error: unknown, site: Site | undefined): unknown =>
  DataError.isInstance(error) && error.site === undefined
    ? new DataError({ code: error.code, message: error.message, data: error.facts }, site)
    : error;

/** The same program for one batch: how long a run is, is configuration. */
export const oneBatch = (job: Job): Job => ({ ...job, config: { ...job.config, epochs: null, steps: 1 } });
