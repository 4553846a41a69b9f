import type { Site } from "@flaxen/errors";
import { UnknownMetricError } from "../document/errors.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { HeadDefinition } from "./define-head.ts";
import { type HeadType, type OwnLossDocument, type OwnMetricDocument, type Score, scoreName } from "./own/forms.ts";

type Params = Readonly<Record<string, unknown>>;

/** A head's parameters in normal form. Throws where one is wrong, or where they do not go together. */
export const checkHeadParameters = (
  definition: HeadDefinition<any>,
  given: Params,
  use: string,
  site: Site | undefined,
): Params => {
  if (typeof given.loss === "function")
    throw optionError(use, `loss is a function. Call it: ${called(given.loss)}`, site);
  const checked: Params = checkOptions(definition.parameters, given, use, site);
  const params = { ...checked, ...lossDefaults(definition, checked) };
  const problem =
    ownProblem(definition, params) ?? lossOptionProblem(definition, params) ?? definition.parametersProblem?.(params);
  if (problem !== undefined) throw optionError(use, problem, site);
  for (const metric of params.metrics as readonly Score<OwnMetricDocument>[]) {
    if (typeof metric !== "string") continue;
    const problem = metricProblem(definition, metric, params);
    if (problem === "unknown") throw new UnknownMetricError(use, metric, definition.metrics, { site });
    if (problem !== undefined) throw optionError(use, problem, site);
  }
  return params;
};

const called = ({ name }: { readonly name: string }): string => `${name}()`;

/** Why a loss or a metric of the user's own cannot be used in a head. */
const ownProblem = ({ type, losses, metrics }: HeadDefinition<any>, params: Params): string | undefined => {
  const loss = params.loss as Score<OwnLossDocument>;
  if (typeof loss !== "string") {
    if (!loss.heads.includes(type as HeadType)) return `the loss "${loss.name}" is for ${headsText(loss.heads)}`;
    if (losses.includes(loss.name)) return `it has a loss "${loss.name}" already. Give yours another name`;
  }
  for (const metric of params.metrics as readonly Score<OwnMetricDocument>[]) {
    if (typeof metric === "string") continue;
    const { name, heads } = metric;
    if (!heads.includes(type as HeadType)) return `the metric "${name}" is for ${headsText(heads)}`;
    if (name === "loss" || isKnown(metrics, name)) return `it has a metric "${name}" already. Give yours another name`;
  }
  return undefined;
};

const headsText = (heads: readonly HeadType[]): string => heads.map((type) => `head.${type}`).join(" and ");

const lossDefaults = ({ lossOptions = {} }: HeadDefinition<any>, params: Params): Params =>
  Object.fromEntries(
    Object.entries(lossOptions[scoreName(params.loss as Score<OwnLossDocument>)] ?? {}).filter(
      ([name, value]) => value !== undefined && params[name] === undefined,
    ),
  );

const lossOptionProblem = ({ lossOptions = {} }: HeadDefinition<any>, params: Params): string | undefined => {
  const loss = scoreName(params.loss as Score<OwnLossDocument>);
  const own = Object.keys(lossOptions[loss] ?? {});
  for (const name of new Set(Object.values(lossOptions).flatMap((options) => Object.keys(options)))) {
    if (params[name] === undefined || own.includes(name)) continue;
    const losses = Object.keys(lossOptions).filter((other) => Object.hasOwn(lossOptions[other]!, name));
    return `${name} belongs to the loss ${losses.map((other) => `"${other}"`).join(" or ")}, but the loss is "${loss}"`;
  }
  return undefined;
};

/** A decimal number above 0 as it is usually written, with few digits. */
const decimal = "(?:[1-9][0-9]{0,2}(?:\\.[0-9]{0,5}[1-9])?|0\\.[0-9]{0,5}[1-9])";

/** The names that one entry of `metrics` stands for. */
const pattern = (name: string): RegExp =>
  new RegExp(
    `^${name.replace("{beta}", decimal).replace("{k}", "[1-9][0-9]*").replace("{class}", "(0|[1-9][0-9]*)")}$`,
  );

const isKnown = (metrics: readonly string[], metric: string): boolean =>
  metrics.some((name) => (name.includes("{") ? pattern(name).test(metric) : name === metric));

/** "unknown", a sentence, or undefined where the head can report the metric. */
const metricProblem = (definition: HeadDefinition<any>, metric: string, params: Params): string | undefined =>
  isKnown(definition.metrics, metric) ? definition.metricProblem?.(metric, params) : "unknown";
