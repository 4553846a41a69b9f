import { type Data, type ExperimentOptions, UnknownOptionError } from "@flaxen/core";
import { didYouMean, type Site } from "@flaxen/errors";
import type { Runner } from "@flaxen/runner";
import { BadRunnerError } from "../errors/run.ts";

/** How an experiment is run; nothing of it is part of the experiment. */
export interface RunOptions {
  /** Where. @defaultValue local() */
  readonly runner?: Runner | undefined;
  /** Ends the run at any stage, as `run.cancel()` does. */
  readonly signal?: AbortSignal | undefined;
  /** Runs one real batch, and validates where there is something to validate on. @defaultValue false */
  readonly dryRun?: boolean | undefined;
}

/** An experiment's options and how it is run. */
export interface TrainOptions<D extends Data = Data, Metric extends string = string>
  extends ExperimentOptions<D, Metric>,
    RunOptions {}

const runOptions = ["runner", "signal", "dryRun"] as const satisfies readonly (keyof RunOptions)[];
const experimentOptions = [
  "data",
  "optimizer",
  "epochs",
  "steps",
  "batchSize",
  "seed",
  "shuffleSeed",
  "clipNorm",
  "earlyStopping",
] as const satisfies readonly (keyof ExperimentOptions)[];

/** Refuses options that do not exist, and a runner or signal that is none. */
export const checkRunOptions = (options: object, forModel: boolean, site: Site | undefined): RunOptions => {
  const known: readonly string[] = forModel ? [...experimentOptions, ...runOptions] : runOptions;
  for (const option of Object.keys(options))
    if (!known.includes(option))
      throw new UnknownOptionError(`train has no option "${option}".${didYouMean(option, known)}`, {
        node: "train",
        site,
      });
  const { runner, signal, dryRun } = options as RunOptions;
  if (runner !== undefined && runner?.specification !== 1)
    throw new BadRunnerError(
      "train: runner is no runner of this version. Make one with local() of @flaxen/runner-local.",
      {
        site,
      },
    );
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new BadRunnerError("train: signal is no AbortSignal. Pass the signal of a new AbortController().", { site });
  return { runner, signal, dryRun };
};

/** The options that belong to the experiment. */
export const withoutRunOptions = <O extends object>(options: O): Omit<O, keyof RunOptions> =>
  Object.fromEntries(
    Object.entries(options).filter(([name]) => !(runOptions as readonly string[]).includes(name)),
  ) as Omit<O, keyof RunOptions>;
