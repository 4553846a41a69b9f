import type { Experiment } from "@flaxen/core";
import type { Run as PlainRun, Runner } from "@flaxen/runner";
import { interpreterFor } from "../predict/interpreter.ts";
import { createTrained } from "../trained/create-trained.ts";
import { writeRecord } from "../trained/record.ts";
import type { Trained } from "../trained/trained.ts";
import type { Run } from "./run.ts";
import { typedRun } from "./typed-run.ts";

/** A run of an experiment, with its types: the metrics' names, and a trained model at the end. */
export const runOf = (
  { document, metrics: names }: Experiment,
  run: PlainRun,
  runner: Runner,
  environment: string,
): Run<any, Trained<any, any, any>> =>
  typedRun({
    run,
    metrics: names,
    finish: async ({ metrics, bestEpoch = null, steps, seconds }) => {
      const record = { flaxen: 1 as const, environment, experiment: document, metrics, bestEpoch, steps, seconds };
      await writeRecord(run.folder, record);
      return createTrained({ folder: run.folder, record, python: () => interpreterFor(environment, runner) });
    },
  });
