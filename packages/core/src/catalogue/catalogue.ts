import type { z } from "zod";
import { dataDefinitions } from "../data/definitions.ts";
import type { HeadDefinition } from "../heads/define-head.ts";
import { heads } from "../heads/index.ts";
import type { OwnLossFunction } from "../heads/own/define-loss.ts";
import type { OwnMetric } from "../heads/own/define-metric.ts";
import {
  type CatalogueEntry,
  catalogueEntry,
  type ParametersEntry,
  parametersEntry,
} from "../nodes/catalogue-entry.ts";
import { nodes } from "../nodes/index.ts";
import type { OwnLayer } from "../nodes/own/define-layer.ts";
import { type OptimizerDefinition, optimizerParameters } from "../training/define-optimizer.ts";
import type { ScheduleDefinition } from "../training/define-schedule.ts";
import { optimizers } from "../training/optimizers.ts";
import { schedules } from "../training/schedules.ts";
import { type LossEntry, lossEntries, type MetricEntry, metricEntries } from "./scores.ts";

/** Something that a document names by its `type`. */
export interface PartEntry extends ParametersEntry {
  readonly type: string;
  readonly doc: string;
}

export interface HeadEntry extends PartEntry {
  /** What it can minimise, the usual one first. */
  readonly losses: readonly string[];
  /** What it can report; `top{k}` stands for top1, top2, … */
  readonly metrics: readonly string[];
  /** Those of its metrics that are better when smaller. */
  readonly minimised: readonly string[];
}

export interface OptimizerEntry extends PartEntry {
  /** The learning rate where none is given. */
  readonly learningRate: number;
}

/** Everything that a document may hold, by its type: plain JSON, for an editor or a language model. */
export interface Catalogue {
  readonly nodes: Readonly<Record<string, CatalogueEntry>>;
  readonly heads: Readonly<Record<string, HeadEntry>>;
  readonly losses: Readonly<Record<string, LossEntry>>;
  readonly metrics: Readonly<Record<string, MetricEntry>>;
  readonly optimizers: Readonly<Record<string, OptimizerEntry>>;
  readonly schedules: Readonly<Record<string, PartEntry>>;
  readonly data: Readonly<Record<string, PartEntry>>;
}

export interface CatalogueOptions {
  /** Layers of the user's own that are listed among the nodes. */
  readonly layers?: readonly OwnLayer<any, any>[];
  /** Losses of the user's own. */
  readonly losses?: readonly OwnLossFunction<any, any>[];
  /** Metrics of the user's own. */
  readonly metrics?: readonly OwnMetric<any, any>[];
}

const ownEntry = ({ name, doc, parameters }: OwnLayer): CatalogueEntry => ({
  ...catalogueEntry(nodes.layer),
  type: name,
  doc,
  ...parametersEntry(parameters),
});

interface Part {
  readonly type: string;
  readonly doc: string;
  readonly parameters: z.ZodObject;
}

const partEntry = ({ type, doc, parameters }: Part): PartEntry => ({ type, doc, ...parametersEntry(parameters) });

const mapped = <T, R>(record: Readonly<Record<string, T>>, map: (item: T) => R): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(record).map(([key, item]) => [key, map(item)]));

/**
 * Every node, head, loss, metric, optimizer, schedule and kind of data, each with the JSON Schema of its parameters
 * (draft 2020-12), their defaults and what changing them changes, and a line of documentation.
 *
 * `layers` of the user's own stand among the nodes, `losses` and `metrics` among the others. All of it is derived from the definitions that also check documents.
 *
 * @example catalogue().nodes.conv2d.parameters.properties.kernel
 */
export const catalogue = ({ layers = [], losses = [], metrics = [] }: CatalogueOptions = {}): Catalogue => ({
  nodes: { ...mapped(nodes, catalogueEntry), ...Object.fromEntries(layers.map((own) => [own.name, ownEntry(own)])) },
  heads: mapped<HeadDefinition<any>, HeadEntry>(heads, (head) => ({
    ...partEntry(head),
    losses: head.losses,
    metrics: head.metrics,
    minimised: head.minimised,
  })),
  losses: lossEntries(losses),
  metrics: metricEntries(metrics),
  optimizers: mapped<OptimizerDefinition<any>, OptimizerEntry>(optimizers, (optimizer) => ({
    ...partEntry({ ...optimizer, parameters: optimizerParameters(optimizer) }),
    learningRate: optimizer.learningRate,
  })),
  schedules: mapped<ScheduleDefinition<any>, PartEntry>(schedules, partEntry),
  data: mapped(dataDefinitions as Readonly<Record<string, Part>>, partEntry),
});
