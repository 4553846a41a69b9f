import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import type { GraphNode, Json } from "../graph/graph-node.ts";
import type { Shape, Value } from "../shapes/index.ts";
import type { Values } from "./values.ts";

/**
 * What a column of the data must hold for a head. Shapes are those of one row.
 *
 * - `label`: a class number for each row, or for each position where a shape is given; there -1 is a position that does
 *   not count. `balanced`: classes are weighted by how rare they are in the training rows.
 * - `labels`: 0 or 1 for each class
 * - `target`: numbers, `[outputs]` or of any shape. `naive`: errors are compared with those of the naive forecast of the
 *   training rows, the value one position before.
 */
export type Target =
  | { readonly role: "label"; readonly classes: number; readonly shape?: Shape; readonly balanced?: true }
  | { readonly role: "labels"; readonly classes: number }
  | { readonly role: "target"; readonly outputs: number; readonly shape?: Shape; readonly naive?: true };

/** One kind of head: what it takes, what it minimises and reports, what it predicts. */
export interface HeadDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly doc: string;
  /** As the document holds them, with their roles; `loss`, `metrics` and `weight` are among them. */
  readonly parameters: S;
  /** What it can minimise, the usual one first. */
  readonly losses: readonly string[];
  /** Parameters that belong to some of the losses, and their defaults there: `{ huber: { delta: 1 } }`. */
  readonly lossOptions?: LossOptions;
  /** Those of its losses that features without positions cannot have. */
  readonly positionLosses?: readonly string[];
  /** Metrics that it can report; `top{k}` stands for top1, top2, …, `recall:{class}` for recall:0, recall:1, …, `f{beta}` for f2, f0.5, … */
  readonly metrics: readonly string[];
  /** Those of its metrics that are better when smaller. */
  readonly minimised: readonly string[];
  /** Why it cannot report a metric that these parameters ask for. */
  readonly metricProblem?: (metric: string, params: z.output<S>) => string | undefined;
  /** Why these parameters do not go together. */
  readonly parametersProblem?: (params: z.output<S>) => string | undefined;
  /** Why it cannot read these features. */
  readonly featuresProblem: (features: Value, params: z.output<S>) => string | undefined;
  /** Why the input that `params.of` names does not go with the features. */
  readonly sourceProblem?: (source: Value, features: Value, params: z.output<S>) => string | undefined;
  /** Width of the projection that it puts on its features; undefined when it reads them as they are. */
  readonly projection: (params: z.output<S>) => number | undefined;
  /** Size of the last axis of what the model gives for it. */
  readonly width: (params: z.output<S>) => number;
  /** The column that it learns from; undefined where it learns from the model's own inputs. */
  readonly target: (params: z.output<S>, features: Value) => Target | undefined;
  /** What `predict` gives for the program's numbers, `[rows, …]`. */
  readonly read: (values: Values, params: z.output<S>) => unknown;
}

export type LossOptions = Readonly<Record<string, Readonly<Record<string, Json | undefined>>>>;

/** The only way a head comes to be. */
export const defineHead = <const S extends z.ZodObject>(definition: HeadDefinition<S>): HeadDefinition<S> => definition;

/** What every head is, whatever it predicts. */
export interface AnyHead {
  /** Key of the head's definition in `heads`. */
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The graph that it reads. */
  readonly features: GraphNode;
  /** Names that it reports, "loss" first. */
  readonly metrics: readonly string[];
  readonly site?: Site | undefined;
  /** For the checker only. */
  readonly "~output"?: unknown;
}

/** One output of a model: the metrics that it reports, and what `predict` gives for it. */
export interface Head<Metric extends string, Output> extends AnyHead {
  readonly metrics: readonly Metric[];
  readonly "~output"?: Output;
}

/**
 * "loss" and the metrics that were asked for.
 *
 * The detour over `Name` keeps the checker from reading `M` off the place where a head without metrics is used.
 */
export type ReportedBy<M> =
  | "loss"
  | (M extends infer Name extends string
      ? Name
      : M extends { readonly name: infer Name extends string }
        ? Name
        : never);
