import * as z from "zod";
import type { HeadDefinition } from "../heads/define-head.ts";
import { heads } from "../heads/index.ts";
import type { OwnLossFunction } from "../heads/own/define-loss.ts";
import type { OwnMetric } from "../heads/own/define-metric.ts";
import { lossDocs, metricDocs } from "../heads/score-docs.ts";
import { type ParametersEntry, parametersEntry } from "../nodes/catalogue-entry.ts";

/** A loss or a metric, and the heads that know it. */
export interface ScoreEntry {
  readonly name: string;
  readonly doc: string;
  readonly heads: readonly string[];
}

export interface LossEntry extends ScoreEntry {
  /** A loss is minimised. */
  readonly better: "smaller";
  /** Head -> the options that the loss has there, beside the head's own. */
  readonly options: Readonly<Record<string, ParametersEntry>>;
}

export interface MetricEntry extends ScoreEntry {
  /** Which of its values is the better one. */
  readonly better: "smaller" | "larger";
  /** Metrics have no options; `{k}`, `{class}` and `{beta}` in a name stand for a number. */
  readonly options: Readonly<Record<string, ParametersEntry>>;
}

const definitions: readonly HeadDefinition<any>[] = Object.values(heads);

/** The options that a loss has in a head, with their defaults there. */
const optionsIn = ({ parameters, lossOptions = {} }: HeadDefinition<any>, loss: string): ParametersEntry => {
  const usual = lossOptions[loss] ?? {};
  const shape = parameters.shape as Readonly<Record<string, z.ZodType>>;
  const entry = parametersEntry(
    z.strictObject(Object.fromEntries(Object.keys(usual).map((name) => [name, shape[name]!]))),
  );
  const defaults = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined));
  return { ...entry, defaults: defaults as ParametersEntry["defaults"] };
};

const byHead = <T>(names: readonly string[], make: (head: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

/** Every loss by its name, the user's own last. */
export const lossEntries = (own: readonly OwnLossFunction<any, any>[]): Readonly<Record<string, LossEntry>> => {
  const names = new Set(definitions.flatMap(({ losses }) => losses));
  const known = [...names].map((name): LossEntry => {
    const knowing = definitions.filter(({ losses }) => losses.includes(name));
    return {
      name,
      doc: lossDocs[name]!,
      heads: knowing.map(({ type }) => type),
      better: "smaller",
      options: Object.fromEntries(knowing.map((head) => [head.type, optionsIn(head, name)])),
    };
  });
  const mine = own.map(
    ({ name, doc, heads, parameters }): LossEntry => ({
      name,
      doc,
      heads,
      better: "smaller",
      options: byHead(heads as readonly string[], () => parametersEntry(parameters)),
    }),
  );
  return Object.fromEntries([...known, ...mine].map((entry) => [entry.name, entry]));
};

const none = parametersEntry(z.strictObject({}));

/** Every metric by its name, the user's own last. */
export const metricEntries = (own: readonly OwnMetric<any, any>[]): Readonly<Record<string, MetricEntry>> => {
  const names = new Set(definitions.flatMap(({ metrics }) => metrics));
  const known = [...names].map((name): MetricEntry => {
    const knowing = definitions.filter(({ metrics }) => metrics.includes(name));
    const types = knowing.map(({ type }) => type);
    const smaller = knowing.some(({ minimised }) => minimised.includes(name));
    const better = smaller ? "smaller" : "larger";
    return { name, doc: metricDocs[name]!, heads: types, better, options: byHead(types, () => none) };
  });
  const mine = own.map(
    ({ name, doc, heads, minimised }): MetricEntry => ({
      name,
      doc: doc ?? `The user's own ${name}.`,
      heads,
      better: minimised ? "smaller" : "larger",
      options: byHead(heads, () => none),
    }),
  );
  return Object.fromEntries([...known, ...mine].map((entry) => [entry.name, entry]));
};
