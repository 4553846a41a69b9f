import { resolve } from "node:path";
import { type ModelDocument, modelMetricNames, ParameterError, UnknownOptionError } from "@flaxen/core";
import { didYouMean } from "@flaxen/errors";
import { PredictError } from "../errors/predict.ts";
import type { Predictor } from "./client.ts";
import { type DataPart, dataParts, type EvaluateOptions, type RowsFile } from "./evaluate-options.ts";
import { type PackedInputs, packInputs } from "./feeds.ts";
import type { InputSpecification } from "./subject.ts";

/** What the predicting process is asked to score. */
export interface Asked {
  readonly source: { readonly path: string } | { readonly part: DataPart } | object;
  readonly inputs: PackedInputs;
}

const nothing: PackedInputs = { arrays: {}, rows: 0 };

const rules: Readonly<Record<keyof EvaluateOptions, readonly [rule: string, fits: (value: unknown) => boolean]>> = {
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
  onProgress: ["a function", (value) => typeof value === "function"],
};

/** Checks what a caller wants scored and lays it out. `columns`: what inputs and heads take. */
export const packEvaluation = (rows: unknown, options: object, columns: readonly InputSpecification[]): Asked => {
  checkOptions(options);
  if (typeof rows === "string") {
    if ((dataParts as readonly string[]).includes(rows)) return { source: { part: rows }, inputs: nothing };
    const listed = dataParts.map((part) => `"${part}"`).join(", ");
    throw new ParameterError(
      `evaluate: ${JSON.stringify(rows)} is no part of the data: ${listed}. Pass a file as { path: ${JSON.stringify(rows)} }.`,
      { node: "evaluate" },
    );
  }
  if (isFile(rows, columns)) return { source: { path: resolve(rows.path) }, inputs: nothing };
  const named = columns.map((one) => ({ ...one, use: "evaluate" as const }));
  return { source: {}, inputs: packInputs(rows as Parameters<typeof packInputs>[0], named) };
};

/** `{ path }`, unless an input or a head has that name. */
const isFile = (rows: unknown, columns: readonly InputSpecification[]): rows is RowsFile =>
  typeof rows === "object" &&
  rows !== null &&
  Object.keys(rows).join() === "path" &&
  typeof (rows as RowsFile).path === "string" &&
  columns.every(({ name }) => name !== "path");

const checkOptions = (options: object): void => {
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, option))
      throw new UnknownOptionError(`evaluate has no option "${option}".${didYouMean(option, Object.keys(rules))}`, {
        node: "evaluate",
      });
    const [rule, fits] = rules[option as keyof EvaluateOptions];
    if (value !== undefined && !fits(value))
      throw new ParameterError(`evaluate: ${option} must be ${rule}.`, { node: "evaluate" });
  }
};

/**
 * The metrics of all rows. They are scored a few at a time, so that other requests are answered between.
 *
 * @param running starts the predicting process, unless it runs
 */
export const evaluateOn = async (
  running: () => Promise<Predictor>,
  { source, inputs }: Asked,
  { signal, onProgress }: EvaluateOptions,
  model: ModelDocument,
): Promise<any> => {
  signal?.throwIfAborted();
  const score = async (): Promise<unknown> => {
    const server = await running();
    const ask = async (evaluate: object, given = nothing) => (await server.request(given, { evaluate })).header;
    const { evaluation, rows } = await ask({ begin: source }, inputs);
    let found: unknown;
    try {
      while (found === undefined && !signal?.aborted) {
        const { done, metrics } = await ask({ go: evaluation });
        found = metrics;
        if (!signal?.aborted) onProgress?.(done as number, rows as number);
      }
      return found;
    } finally {
      // What is done is forgotten already; a process that has ended has forgotten all.
      if (found === undefined) await ask({ drop: evaluation }).catch(() => {});
    }
  };
  return named(await unlessAborted(score(), signal), modelMetricNames(model));
};

/** Rejects at once when the signal is aborted, though the promise goes on. */
const unlessAborted = async <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return promise;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
    promise.catch(() => {});
  }
};

/** The metrics that the model promises; JSON has neither NaN nor infinity, so they come as strings. */
const named = (found: unknown, names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    names.map((name) => {
      const value = (found as Readonly<Record<string, unknown>>)[name];
      if (value === undefined)
        throw new PredictError(`The predicting process did not report the metric "${name}".`, "protocol", "");
      return [name, Number(value)] as const;
    }),
  );
