import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { checkModel } from "../document/check-model.ts";
import { freezeModel } from "../document/freeze-model.ts";
import { deepFreeze } from "../document/json.ts";
import { modelMetricNames } from "../document/metric-names.ts";
import { checkOptions } from "../document/options.ts";
import { documentVersion, type ExperimentDocument, type ModelDocument } from "../document/schema.ts";
import type { Sites } from "../document/sites.ts";
import { modelWeights } from "../document/weights.ts";
import type { AnyTensor } from "../graph/tensor.ts";
import type { AnyHead } from "../heads/define-head.ts";
import { userName } from "../nodes/schemas.ts";
import { countParameters, type Weights } from "../nodes/weights.ts";
import type { Summary } from "../summary/rows.ts";
import { type SummaryOptions, summarise } from "../summary/summary.ts";
import { checkHeads, checkInputs } from "./check-specification.ts";

/** What every model is, whatever it reads and predicts. */
export interface AnyModel {
  readonly name: string;
  readonly inputs: { readonly [name: string]: AnyTensor };
  /** "loss", then each head's: "digit/loss", "digit/accuracy". */
  readonly metricNames: readonly string[];
  readonly document: ModelDocument;
  /** Node or head -> the call that made it. */
  readonly sites: Sites;
  /** Every array that training fills, by its name in the document: "hidden/kernel", "digit/bias". */
  readonly weights: Weights;
  /** How many numbers are learned. */
  readonly parameterCount: number;
  /** A document without data and training. */
  toJSON(): ExperimentDocument;
  /** Layers, shapes, parameters, FLOPs and memory; as a string it is a table. */
  summary(options?: SummaryOptions): Summary;
  /** For the checker only. */
  readonly "~outputs"?: object;
}

/** A graph with heads, frozen: what it reads, the metrics that it reports, what it predicts. */
export interface Model<Inputs extends AnyModel["inputs"], Metric extends string, Outputs extends object>
  extends AnyModel {
  readonly inputs: Inputs;
  readonly metricNames: readonly Metric[];
  readonly "~outputs"?: Outputs;
}

type Flat<T> = { [K in keyof T]: T[K] } & {};

/** "loss", "digit/loss", "digit/accuracy", … */
export type MetricName<H> =
  | "loss"
  | {
      [K in keyof H & string]: H[K] extends { readonly metrics: readonly (infer M extends string)[] }
        ? `${K}/${M}`
        : never;
    }[keyof H & string];

/** What `predict` gives, by head. */
export type OutputsOf<H> = {
  readonly [K in keyof H]: H[K] extends { readonly "~output"?: infer O } ? Exclude<O, undefined> : never;
};

export interface ModelSpecification<I, H> {
  /** The class's name in Python, and how messages call it. @defaultValue "model" */
  readonly name?: string;
  /** Every input that the heads depend on, under its own name. */
  readonly inputs: I;
  /** What is predicted. The loss is the sum of the heads' losses, each times its weight. */
  readonly heads: H;
}

const specificationForm = z.strictObject({
  name: userName.default("model"),
  inputs: z.looseObject({}),
  heads: z.looseObject({}),
});

/**
 * Freezes a graph into a model. Checks names, inputs and heads; every error names the node and the call that made it.
 *
 * @example model({ inputs: { image }, heads: { digit: head.classification(features, { classes: 10 }) } })
 */
export const model = <const I extends AnyModel["inputs"], const H extends { readonly [name: string]: AnyHead }>(
  specification: ModelSpecification<I, H>,
): Model<Flat<I>, MetricName<H> & {}, Flat<OutputsOf<H>>> => {
  const site = callSite(model);
  const { name } = checkOptions(specificationForm, specification, "model", site);
  const heads = checkHeads(specification.heads, site);
  const frozen = freezeModel(name, heads);
  checkInputs(specification.inputs, frozen.inputs, site);
  return createModel(frozen.model, frozen.sites, specification.inputs) as unknown as Model<
    Flat<I>,
    MetricName<H> & {},
    Flat<OutputsOf<H>>
  >;
};

/** The value of a model whose document is checked here. */
export const createModel = (given: ModelDocument, sites: Sites, inputs: AnyModel["inputs"]): AnyModel => {
  const checked = checkModel(given, sites);
  const weights = modelWeights(checked);
  const document = deepFreeze(checked.model);
  const json: ExperimentDocument = Object.freeze({ flaxen: documentVersion, model: document });
  return Object.freeze({
    name: document.name,
    inputs: Object.freeze({ ...inputs }),
    metricNames: Object.freeze(modelMetricNames(document)),
    document,
    sites: deepFreeze(sites),
    weights: deepFreeze(weights),
    parameterCount: countParameters(weights),
    toJSON: () => json,
    summary: (options?: SummaryOptions) => summarise({ ...checked, model: document }, options),
  });
};
