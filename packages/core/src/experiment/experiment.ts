import { callSite, type Site } from "@flaxen/errors";
import type { Data } from "../data/define-data.ts";
import { expectationsOf } from "../data/expectations.ts";
import { headDefinition } from "../document/check-heads.ts";
import { documentHash } from "../document/hash.ts";
import { metricNames } from "../document/metric-names.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { Origins } from "../document/origins.ts";
import { parseDocument } from "../document/parse-document.ts";
import {
  type DataDocument,
  documentVersion,
  type ExperimentDocument,
  type ModelDocument,
  type TrainingDocument,
  type TypedDocument,
} from "../document/schema.ts";
import type { Sites } from "../document/sites.ts";
import { type OwnMetricDocument, type Score, scoreName } from "../heads/own/forms.ts";
import { adamw } from "../training/adamw.ts";
import type { AnyModel } from "./model.ts";
import {
  type ExperimentOptions,
  experimentOptions,
  type InitialWeights,
  type Reported,
  type WeightGroup,
} from "./options.ts";
import { groupDocuments, patternList } from "./weight-groups.ts";

/** A document that can be run. */
export type CompleteDocument = ExperimentDocument & {
  readonly data: DataDocument;
  readonly training: TrainingDocument;
};

/** A model, its data and its training as one frozen value: what is compiled and run. */
export interface Experiment<M extends AnyModel = AnyModel, Metric extends string = string> {
  readonly document: CompleteDocument;
  /** `sha256:…` of the document's canonical JSON. */
  readonly hash: string;
  /** Node or head -> the call that made it. Empty where the experiment was read from JSON. */
  readonly sites: Sites;
  /** The `data.…` call. Undefined where the experiment was read from JSON. */
  readonly dataSite: Site | undefined;
  /** SHA-256 -> bytes of the data that was given as arrays. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
  /** The metrics that a run reports, in order. */
  readonly metrics: readonly Metric[];
  toJSON(): CompleteDocument;
  /** For the checker only. */
  readonly "~model"?: M;
}

/**
 * Puts a model, its data and its training together. All that can be known before a run is checked here: options,
 * columns, shapes, and for arrays each value.
 *
 * @example experiment(digits, { data: data.mnist(), epochs: 3 })
 */
export const experiment = <M extends AnyModel, D extends Data>(
  model: M,
  options: ExperimentOptions<D, Reported<M, D> & {}>,
): Experiment<M, Reported<M, D> & {}> => {
  const site = callSite(experiment);
  return createExperiment(model, options, "experiment", site) as Experiment<M, Reported<M, D> & {}>;
};

/** The same for a caller of its own name: `use` opens the messages, `site` is the user's call. */
export const createExperiment = (
  { document: model, sites }: AnyModel,
  given: ExperimentOptions,
  use: string,
  site: Site | undefined,
): Experiment => {
  const options = checkOptions(experimentOptions, given, use, site);
  const { data, optimizer = adamw(), earlyStopping, reduceOnPlateau, freeze, groups, weights, ...rest } = options;
  if ((rest.epochs === undefined) === (rest.steps === undefined))
    throw optionError(use, `give either epochs or steps${rest.epochs === undefined ? "" : ", not both"}`, site);
  const bound = data.bind(expectationsOf(model));
  const { type, params } = optimizer;
  const training = {
    ...rest,
    optimizer: { type, params } as TypedDocument,
    ...(freeze === undefined ? {} : { freeze: patternList(freeze) }),
    ...(groups && { groups: groupDocuments(groups as readonly WeightGroup[], optimizer, site) }),
    ...(weights && { weights: { sha256: checkedWeights(weights, model, use, site) } }),
    ...(earlyStopping && { earlyStopping: withMode(model, earlyStopping) }),
    ...(reduceOnPlateau && { reduceOnPlateau: withMode(model, reduceOnPlateau) }),
  };
  const checked = parseDocument(
    { flaxen: documentVersion, model, data: bound.document, training },
    { sites, data: data.site, experiment: site },
    { allowCode: true },
  );
  return freezeExperiment(
    checked.document as CompleteDocument,
    { sites, data: data.site },
    weights ? new Map([...bound.assets, [weights.sha256, weights.bytes]]) : bound.assets,
  );
};

/** Weights fit the model that they were read for, and no other. */
const checkedWeights = (
  { sha256, model: hash }: InitialWeights,
  model: ModelDocument,
  use: string,
  site: Site | undefined,
): string => {
  if (hash !== documentHash(model))
    throw optionError(use, "weights were read for another model. Call loadWeights with this one", site);
  return sha256;
};

/** The value of an experiment whose document was checked. */
export const freezeExperiment = (
  document: CompleteDocument,
  { sites = {}, data }: Origins,
  assets: ReadonlyMap<string, Uint8Array>,
): Experiment =>
  Object.freeze({
    document,
    hash: documentHash(document),
    sites,
    dataSite: data,
    assets,
    metrics: Object.freeze(metricNames(document)),
    toJSON: () => document,
  });

interface Watching {
  readonly metric: string;
  readonly mode?: "min" | "max" | undefined;
}

const withMode = <W extends Watching>(model: ModelDocument, watching: W): W & { readonly mode: "min" | "max" } => ({
  ...watching,
  mode: watching.mode ?? usualMode(model, watching.metric),
});

/** Losses and the like are better when smaller. */
const usualMode = ({ heads }: ModelDocument, metric: string): "min" | "max" => {
  const [head, name = head] = metric.replace(/^val\//, "").split("/") as [string, string?];
  const document = heads.find((document) => document.name === head);
  if (document === undefined || name === "loss") return name === "loss" ? "min" : "max";
  const mine = (document.params.metrics as readonly Score<OwnMetricDocument>[]).find((one) => scoreName(one) === name);
  const minimised = typeof mine === "object" ? mine.minimised : headDefinition(document).minimised.includes(name);
  return minimised ? "min" : "max";
};
