import {
  type CompleteDocument,
  countParameters,
  documentHash,
  type ExperimentDocument,
  expectationsOf,
  hasTest,
  hasValidation,
  IncompleteDocumentError,
  metricNames,
  modelWeights,
  parseDocument,
} from "@flaxen/core";
import type { Site } from "@flaxen/errors";
import type { Job, Program } from "@flaxen/runner";
import { printConfig } from "./config.ts";
import type { AssetReference } from "./data/printer.ts";
import { hyperparametersOf } from "./hyperparameters.ts";
import { printModel } from "./model/model-file.ts";
import { programHash } from "./program-hash.ts";
import { withoutMarks } from "./python/marks.ts";
import { runtimeFiles } from "./runtime/files.generated.ts";
import { printTrain } from "./train/train-file.ts";
import { weightNames } from "./weight-names.ts";

export interface CompileOptions {
  /** Node, "block/node" or head -> the call in the user's TypeScript that made it. Changes nothing but error messages. */
  readonly sites?: Readonly<Record<string, Site>> | undefined;
  /** Whether layers that carry Python of their own are printed. @defaultValue false */
  readonly allowCode?: boolean;
}

/** A job but for the bytes of its assets: those are the caller's to find. */
export interface CompiledExperiment extends Omit<Job, "assets"> {
  readonly assets: readonly AssetReference[];
}

/**
 * Compiles an experiment to a Python program and its configuration.
 *
 * Pure: the same document gives the same bytes on every machine. No value whose role is "dynamic" or "host" is in the
 * program. Throws the document's own errors, and `IncompleteDocumentError` without data or training.
 */
export const compile = (experiment: ExperimentDocument, options: CompileOptions = {}): CompiledExperiment => {
  const sites = options.sites ?? {};
  const checked = parseDocument(experiment, { sites }, { allowCode: options.allowCode });
  const document = complete(checked.document);
  const { model, data } = document;
  const expects = expectationsOf(model, checked.types);
  const hyperparameters = hyperparametersOf(document);
  const weights = modelWeights(checked);
  const modelFile = printModel(model, checked.types, countParameters(weights), hyperparameters);
  const validation = hasValidation(data);
  const train = printTrain({
    document,
    types: checked.types,
    expects,
    hyperparameters,
    modelFile,
    validation,
    test: hasTest(data),
    weights,
    weightNames: () => weightNames(document),
  });
  return {
    program: programOf({ "model.py": modelFile.text, "train.py": train }),
    ...printConfig(document, expects, hyperparameters.values),
    document: documentHash(checked.document),
    metrics: metricNames(document),
    sites,
  };
};

const complete = ({ flaxen, model, data, training }: ExperimentDocument): CompleteDocument => {
  if (data && training) return { flaxen, model, data, training };
  const missing = data ? '"training"' : '"data"';
  throw new IncompleteDocumentError(`model "${model.name}" cannot be trained: the document has no ${missing}.`);
};

const entry = "train.py";
const environment = "base";

const programOf = (marked: Readonly<Record<string, string>>): Program => {
  const printed = Object.entries(marked).map(([file, text]) => ({ file, ...withoutMarks(file, text) }));
  const own = Object.fromEntries(printed.map(({ file, text }) => [file, text]));
  const files = { ...own, ...runtimeFiles };
  return {
    hash: programHash(files, environment),
    files,
    entry,
    environment,
    sourceMap: printed.flatMap(({ ranges }) => ranges),
  };
};
