import {
  type Data,
  type ExperimentOptions,
  type InitialWeights,
  ParameterError,
  UnknownOptionError,
} from "@flaxen/core";
import { didYouMean, type Site } from "@flaxen/errors";
import type { Runner, SubmitOptions } from "@flaxen/runner";
import { isRunId } from "@flaxen/runner-local";
import { BadRunnerError } from "../errors/run.ts";
import type { WeightsSource } from "../weights/load-weights.ts";

/** How an experiment is run; nothing of it is part of the experiment. */
export interface RunOptions extends SubmitOptions {
  /** Where. @defaultValue local() */
  readonly runner?: Runner | undefined;
  /** Runs one real batch, and validates where there is something to validate on. @defaultValue false */
  readonly dryRun?: boolean | undefined;
}

/** An experiment's options and how it is run. */
export interface TrainOptions<D extends Data = Data, Metric extends string = string>
  extends ExperimentOptions<D, Metric, InitialWeights | WeightsSource>,
    RunOptions {
  /**
   * Weights to start from: what `loadWeights` gives, the weights of a trained model, or a safetensors file that a run
   * wrote. The seed decides those that it does not hold.
   */
  readonly weights?: InitialWeights | WeightsSource;
}

/** Each with what it must be, where that is not an object of a kind. */
const runOptions: Readonly<
  Record<keyof RunOptions, readonly [rule: string, fits: (value: unknown) => boolean] | null>
> = {
  runner: null,
  signal: null,
  dryRun: ["true or false", (value) => typeof value === "boolean"],
  id: ['made of at most 100 letters, digits, "_" and "-"', isRunId],
  detach: ["true or false", (value) => typeof value === "boolean"],
  maxSeconds: ["a number of seconds above 0", (value) => Number.isFinite(value) && (value as number) > 0],
  retries: ["a whole number of at least 0", (value) => Number.isSafeInteger(value) && (value as number) >= 0],
};
const experimentOptions = [
  "data",
  "optimizer",
  "epochs",
  "steps",
  "batchSize",
  "seed",
  "shuffleSeed",
  "clipNorm",
  "clipValue",
  "accumulate",
  "averageWeights",
  "freeze",
  "groups",
  "weights",
  "earlyStopping",
  "reduceOnPlateau",
] as const satisfies readonly (keyof ExperimentOptions)[];

/** What is asked of the runner beside the job. */
export interface CheckedRunOptions {
  readonly runner: Runner | undefined;
  readonly dryRun: boolean | undefined;
  readonly submit: SubmitOptions;
}

/** Refuses options that do not exist, values that they cannot have, and a runner or signal that is none. */
export const checkRunOptions = (options: object, forModel: boolean, site: Site | undefined): CheckedRunOptions => {
  const known: readonly string[] = [...(forModel ? experimentOptions : []), ...Object.keys(runOptions)];
  for (const option of Object.keys(options))
    if (!known.includes(option))
      throw new UnknownOptionError(`train has no option "${option}".${didYouMean(option, known)}`, {
        node: "train",
        site,
      });
  const { runner, dryRun, ...rest } = options as RunOptions;
  if (runner !== undefined && runner?.specification !== 1)
    throw new BadRunnerError(
      "train: runner is no runner of this version. Make one with local() of @flaxen/runner-local.",
      {
        site,
      },
    );
  const { signal, id, detach, maxSeconds, retries } = rest;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new BadRunnerError("train: signal is no AbortSignal. Pass the signal of a new AbortController().", { site });
  checkValues(options, site);
  return { runner, dryRun, submit: { signal, id, detach, maxSeconds, retries } };
};

const checkValues = (options: object, site: Site | undefined): void => {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(runOptions, name) ? runOptions[name as keyof RunOptions] : null;
    if (!rule || value === undefined || rule[1](value)) continue;
    const given = typeof value === "number" ? String(value) : JSON.stringify(value);
    throw new ParameterError(`train: ${name} must be ${rule[0]}, not ${given}`, { node: "train", site });
  }
};

/** The options that belong to the experiment. */
export const withoutRunOptions = <O extends object>(options: O): Omit<O, keyof RunOptions> =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(runOptions, name))) as Omit<
    O,
    keyof RunOptions
  >;
