import { z } from "zod";

/** The version that this package writes and the only one that it reads. */
export const documentVersion = 1;

/** A name that a user chose: an input, a head, a block, a layer. It becomes a Python identifier and a metric prefix. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, "a letter, then letters, digits and _ (64 at most)");

/** What a `type` names in one of the catalogues, and its parameters, checked by that entry's own schema. */
export const typedDocument = z.strictObject({ type: z.string(), params: z.record(z.string(), z.json()) });

/** One operation. `inputs` are ids of nodes that give its operands; ids are unique within their graph. */
const node = z.strictObject({
  id: name,
  type: z.string(),
  inputs: z.array(z.string()),
  params: z.record(z.string(), z.json()),
});

/** A graph of its own that is applied by nodes of type `block`: its first node is its only `input`. */
const block = z.strictObject({ nodes: z.array(node), output: z.string() });

/** What a model predicts and how that is scored: `input` is the id of the node whose features it reads. */
const head = z.strictObject({ type: z.string(), input: z.string(), params: z.record(z.string(), z.json()) });

const model = z.strictObject({
  name,
  blocks: z.record(name, block),
  nodes: z.array(node),
  heads: z.record(name, head),
});

const earlyStopping = z.strictObject({
  metric: z.string(),
  mode: z.enum(["min", "max"]),
  /** Epochs without an improvement before the run stops. */
  patience: z.int().min(0),
  minDelta: z.number().min(0),
});

const training = z.strictObject({
  optimizer: typedDocument,
  /** Global norm above which gradients are scaled down. */
  clipNorm: z.number().positive().optional(),
  /** Exactly one of `epochs` and `steps`. */
  epochs: z.int().min(1).optional(),
  steps: z.int().min(1).optional(),
  batchSize: z.int().min(1),
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
export type HeadDocument = ModelDocument["heads"][string];
export type DataDocument = NonNullable<ExperimentDocument["data"]>;
export type TrainingDocument = NonNullable<ExperimentDocument["training"]>;
export type TypedDocument = TrainingDocument["optimizer"];
