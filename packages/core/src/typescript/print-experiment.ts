import * as z from "zod";
import type { Data } from "../data/define-data.ts";
import { dataDefinition } from "../data/definitions.ts";
import { expectationsOf } from "../data/expectations.ts";
import { data as dataMethods } from "../data/index.ts";
import { headDefinition } from "../document/check-heads.ts";
import { canonicalJson } from "../document/json.ts";
import type { DataDocument, HeadDocument, ModelDocument, TrainingDocument } from "../document/schema.ts";
import { experimentOptions } from "../experiment/options.ts";
import { type OptimizerDefinition, optimizerParameters } from "../training/define-optimizer.ts";
import type { ScheduleDefinition } from "../training/define-schedule.ts";
import { optimizers } from "../training/optimizers.ts";
import { schedules } from "../training/schedules.ts";
import { fewestArguments } from "./arguments.ts";
import { callOf, type Expression, list, literal, record, verbatim } from "./expression.ts";
import type { OwnScores } from "./own-scores.ts";

const parsed = (schema: z.ZodObject, given: unknown): unknown => {
  const { success, data } = schema.safeParse(given);
  return success ? data : undefined;
};

/** `head.classification(features, { classes: 10 })` */
export const headExpression = (head: HeadDocument, features: Expression, own: OwnScores): Expression => {
  const definition = headDefinition(head);
  const usual = { loss: definition.losses[0] };
  const given = fewestArguments(head.params, (options) => parsed(definition.parameters, { ...usual, ...options }));
  const entries = Object.entries(given).map(([key, value]) => [key, own.option(key, value)] as const);
  const options = entries.length > 0 ? [record(entries)] : [];
  return callOf(`head.${head.type}`, features, ...options);
};

interface Named {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}
const isNamed = (value: unknown): value is Named =>
  typeof value === "object" && value !== null && Object.keys(value).sort().join() === "params,type";

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** Prints optimizers and schedules as the calls that make them; collects what these are called. */
export const trainingPrinter = (imports: Set<string>) => {
  const printValue = (value: unknown): Expression => {
    if (Array.isArray(value)) return list(value.map(printValue));
    if (typeof value !== "object" || value === null) return literal(value);
    if (isNamed(value)) {
      const made = callFor(value);
      if (made) return made;
    }
    return record(Object.entries(value).map(([key, item]) => [key, printValue(item)] as const));
  };
  const callFor = ({ type, params }: Named): Expression | undefined => {
    const optimizer = own<OptimizerDefinition<any>>(optimizers, type);
    const schedule = own<ScheduleDefinition<any>>(schedules, type);
    if (type === "constant" && Object.keys(params).join() === "value") return literal(params.value);
    const parameters = optimizer ? optimizerParameters(optimizer) : schedule?.parameters;
    if (parameters === undefined) return undefined;
    imports.add(type);
    const usual = optimizer ? { learningRate: { type: "constant", params: { value: optimizer.learningRate } } } : {};
    const given = fewestArguments(params, (options) => parsed(parameters, { ...usual, ...options }));
    return callOf(type, ...(Object.keys(given).length > 0 ? [printValue(given)] : []));
  };
  return { printValue };
};

/** The options of `experiment(…)` beside the data; defaults are left out. */
export const trainingEntries = (
  training: TrainingDocument,
  imports: Set<string>,
): readonly (readonly [string, Expression])[] => {
  const { printValue } = trainingPrinter(imports);
  const shape = Object.fromEntries(
    Object.entries(experimentOptions.shape).filter(([key]) => key !== "data" && key !== "optimizer"),
  );
  const { optimizer, weights, ...rest } = training;
  const given = fewestArguments(rest, (options) => parsed(z.object(shape), options));
  return [
    ["optimizer", printValue(optimizer)],
    ...Object.entries(given).map(([key, item]) => [key, printValue(item)] as const),
    // The bytes lie beside the document.
    ...(weights === undefined ? [] : [["weights", verbatim("weights")] as const]),
  ];
};

/** `data.csv("houses.csv", { … })`, and what a caller has to hand in because no document holds it. */
export interface PrintedData {
  readonly value: Expression;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
}

type Make = (...given: readonly unknown[]) => Data;

/** Finds the call that gives these parameters: options alone, or one of them by position before the options. */
export const dataExpression = (document: DataDocument, model: ModelDocument): PrintedData => {
  const { type, params } = document;
  const path = `data.${type}`;
  const make = own(dataMethods as unknown as Readonly<Record<string, Make>>, type);
  const expectations = expectationsOf(model);
  const resolve = (given: readonly unknown[]): unknown => {
    try {
      const bound = make!(...given).bind(expectations).document.params;
      return dataDefinition(document).ordered?.(bound, expectations) ?? bound;
    } catch {
      return undefined;
    }
  };
  const means = (given: readonly unknown[]) => canonicalJson(resolve(given) ?? null) === canonicalJson(params);
  const named = withPaths(params);
  for (const key of [undefined, ...Object.keys(params)]) {
    const { [key ?? ""]: first, ...rest } = named;
    const before = key === undefined ? [] : [first];
    const options = key === undefined ? named : rest;
    if (!means([...before, options])) continue;
    const given = fewestArguments(options, (fewer) => {
      const outcome = resolve([...before, fewer]) as Readonly<Record<string, unknown>> | undefined;
      if (outcome === undefined || key === undefined) return outcome;
      const { [key]: _, ...others } = outcome;
      return others;
    });
    const last = Object.keys(given).length > 0 ? [literal(given)] : [];
    return { value: callOf(path, ...before.map(literal), ...last), parameters: [] };
  }
  return handedIn(path, type, params);
};

/** Lists of files as the call takes them, by their paths alone. */
const withPaths = (params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      Array.isArray(value) && value.every((one) => typeof one?.path === "string")
        ? value.map(({ path }) => path)
        : value,
    ]),
  );

/** What lies beside a document: the parameter that tells of it, what it is called and its type. */
const beside: Readonly<Record<string, readonly [parameter: string, name: string, type: string]>> = {
  arrays: ["columns", "columns", "Columns"],
  rows: ["table", "rows", "readonly object[]"],
  text: ["texts", "texts", "InlineText"],
};

/** Whether a part of the document refers to bytes, by their hash. */
const refers = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Object.hasOwn(value, "sha256") || Object.values(value).some((item) => refers(item)));

/** The caller hands in what no document holds. */
const handedIn = (path: string, kind: string, params: Readonly<Record<string, unknown>>): PrintedData => {
  const [parameter, name, type] = beside[kind]!;
  const { [parameter]: _, validation, test, ...rest } = params;
  const ways = Object.entries({ validation, test }).filter(([, how]) => how !== undefined);
  const entries = [...ways, ...Object.entries(rest)].map(
    ([key, item]) => [key, refers(item) ? verbatim(key) : literal(item)] as const,
  );
  const options = entries.length > 0 ? [record(entries)] : [];
  return {
    value: callOf(path, verbatim(name), ...options),
    parameters: [name, ...ways.filter(([, how]) => refers(how)).map(([key]) => key)].map((one) => ({
      name: one,
      type,
    })),
  };
};
