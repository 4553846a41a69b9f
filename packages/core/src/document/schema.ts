import * as z from "zod";
import { userName } from "../nodes/schemas.ts";

/** The version that this package writes and the only one that it reads. */
export const documentVersion = 1;

/** What a `type` names in one of the catalogues, and its parameters, checked by that entry's own schema. */
export const typedDocument = z.strictObject({ type: z.string(), params: z.record(z.string(), z.json()) });

/** One operation. `inputs` are ids of nodes that give its operands; ids are unique within their graph. */
const node = z.strictObject({
  id: userName,
  type: z.string(),
  inputs: z.array(z.string()),
  params: z.record(z.string(), z.json()),
});

/** A graph of its own that is applied by nodes of type `block` and `repeat`: it begins with its nodes of type `input`. */
const block = z.strictObject({ nodes: z.array(node), output: z.string() });

/** What a model predicts and how that is scored: `input` is the id of the node whose features it reads. */
const head = z.strictObject({
  name: userName,
  type: z.string(),
  input: z.string(),
  params: z.record(z.string(), z.json()),
});

const model = z.strictObject({
  name: userName,
  /** In no order of their own: keys have none. */
  blocks: z.record(userName, block),
  nodes: z.array(node),
  /** In the order of the program's outputs and metrics. */
  heads: z.array(head),
});

const earlyStopping = z.strictObject({
  metric: z.string(),
  mode: z.enum(["min", "max"]),
  /** Epochs without an improvement before the run stops. */
  patience: z.int().min(0),
  minDelta: z.number().min(0),
});

const reduceOnPlateau = z.strictObject({
  metric: z.string(),
  mode: z.enum(["min", "max"]),
  /** What the learning rate is multiplied by. */
  factor: z.number().gt(0).lt(1),
  /** Epochs without an improvement before that. */
  patience: z.int().min(1),
  minDelta: z.number().min(0),
  /** Epochs after it that are not counted. */
  cooldown: z.int().min(0),
  /** The smallest share of the learning rate that is left. */
  minScale: z.number().min(0).max(1),
});

/** Globs over the names of weights. */
const patterns = z.array(z.string().min(1).max(200)).min(1).max(100);

const training = z.strictObject({
  optimizer: typedDocument,
  /** Weights that do not learn. */
  freeze: patterns.optional(),
  /** Weights that an optimizer of their own trains; the first group that fits has them. */
  groups: z
    .array(z.strictObject({ match: patterns, optimizer: typedDocument }))
    .min(1)
    .max(20)
    .optional(),
  /** Largest size of a gradient's numbers. */
  clipValue: z.number().positive().optional(),
  /** Global norm above which gradients are scaled down. */
  clipNorm: z.number().positive().optional(),
  /** Exactly one of `epochs` and `steps`. */
  epochs: z.int().min(1).optional(),
  steps: z.int().min(1).optional(),
  batchSize: z.int().min(1),
  /** Parts in which each batch is read. */
  accumulate: z.int().min(2).max(10_000).optional(),
  /** Decay of the mean of weights that is evaluated and kept. */
  averageWeights: z.number().min(0).lt(1).optional(),
  /** The file of weights that the run starts from. */
  weights: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
  /** Weights and dropout. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** The order of the rows. */
  shuffleSeed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  earlyStopping: earlyStopping.optional(),
  reduceOnPlateau: reduceOnPlateau.optional(),
});

/** The experiment as plain JSON: what is stored, hashed, sent and compiled. */
export const experimentDocument = z.strictObject({
  flaxen: z.literal(documentVersion),
  model,
  data: typedDocument.optional(),
  training: training.optional(),
});

export type ExperimentDocument = z.infer<typeof experimentDocument>;
export type ModelDocument = ExperimentDocument["model"];
export type NodeDocument = ModelDocument["nodes"][number];
export type BlockDocument = ModelDocument["blocks"][string];
export type HeadDocument = ModelDocument["heads"][number];
export type DataDocument = NonNullable<ExperimentDocument["data"]>;
export type TrainingDocument = NonNullable<ExperimentDocument["training"]>;
export type TypedDocument = TrainingDocument["optimizer"];
