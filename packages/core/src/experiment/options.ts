import * as z from "zod";
import type { Data } from "../data/define-data.ts";
import type { LearningRate, Optimizer } from "../training/define-optimizer.ts";
import type { AnyModel } from "./model.ts";

/** The model's metrics, "val/…" of each where there is something to validate on, "test/…" where to test on. */
export type Reported<M extends AnyModel, D> =
  | M["metricNames"][number]
  | (D extends { readonly validation: true } ? `val/${M["metricNames"][number]}` : never)
  | (D extends { readonly test: true } ? `test/${M["metricNames"][number]}` : never);

/** What is known after every epoch: all but what is tested at the end. */
export type EpochMetric<Metric extends string> = Exclude<Metric, `test/${string}`>;

export interface EarlyStopping<Metric extends string = string> {
  /** What is watched, after every epoch. */
  readonly metric: Metric;
  /** Whether smaller or larger is better. @defaultValue "min" for losses and rmse, "max" for others */
  readonly mode?: "min" | "max";
  /** Epochs without an improvement before the run stops. @defaultValue 5 */
  readonly patience?: number;
  /** What counts as an improvement. @defaultValue 0 */
  readonly minDelta?: number;
}

export interface ReduceOnPlateau<Metric extends string = string> {
  /** What is watched, after every epoch. */
  readonly metric: Metric;
  /** Whether smaller or larger is better. @defaultValue "min" for losses and rmse, "max" for others */
  readonly mode?: "min" | "max";
  /** What the learning rate is multiplied by, between 0 and 1. @defaultValue 0.1, as in Keras and PyTorch */
  readonly factor?: number;
  /** Epochs without an improvement before that. @defaultValue 10, as in Keras and PyTorch */
  readonly patience?: number;
  /** What counts as an improvement. @defaultValue 0 */
  readonly minDelta?: number;
  /** Epochs after it that are not counted. @defaultValue 0 */
  readonly cooldown?: number;
  /** The smallest share of the learning rate that is left. @defaultValue 0 */
  readonly minScale?: number;
}

/** One glob over the weights' names, or several. */
export type WeightPatterns = string | readonly string[];

/** Weights that are trained in a way of their own: with another optimizer, or with other settings of the same. */
export interface WeightGroup {
  /**
   * Globs over the weights' names: "head" and "head/*" fit "head/kernel" and "head/bias", "*\/bias" every bias. A weight
   * belongs to the first group that fits it.
   */
  readonly match: WeightPatterns;
  /** @defaultValue the experiment's */
  readonly optimizer?: Optimizer;
  /** In place of the optimizer's own, schedule included. */
  readonly learningRate?: LearningRate;
  /** In place of the optimizer's own; only for an optimizer that has it. */
  readonly weightDecay?: number;
}

/** Weights to start from, read and checked: what `loadWeights` gives. */
export interface InitialWeights {
  readonly kind: "weights";
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** A safetensors file whose names are those of the model's attributes. */
  readonly bytes: Uint8Array;
  /** Hash of the model that they were checked against. */
  readonly model: string;
}

/** All that an experiment adds to a model. */
export interface ExperimentOptions<D extends Data = Data, Metric extends string = string, Start = InitialWeights> {
  readonly data: D;
  /** @defaultValue adamw() */
  readonly optimizer?: Optimizer;
  /** How often each row is seen. Give either epochs or steps. */
  readonly epochs?: number;
  /** How many batches are seen. Give either epochs or steps. */
  readonly steps?: number;
  /** Rows per step. @defaultValue 32 */
  readonly batchSize?: number;
  /** Decides weights and dropout. @defaultValue 0 */
  readonly seed?: number;
  /** Decides the order of the rows, and which of them validate and test. @defaultValue 0 */
  readonly shuffleSeed?: number;
  /** Gradients whose global norm is above it are scaled down to it. Without it they are left as they are. */
  readonly clipNorm?: number;
  /** Every number of a gradient is held between its negative and itself, before its norm is looked at. */
  readonly clipValue?: number;
  /**
   * Reads each batch in so many parts, one after another, and steps by the mean of all its rows: less memory, the same
   * steps, epochs and schedule. It must divide `batchSize`. BatchNorm sees each part as a batch of its own. Where several heads count positions, each
   * part stands for as many rows as it has.
   */
  readonly accumulate?: number;
  /**
   * Evaluates and keeps an exponential mean of the weights over the steps: its decay, for example 0.999. At the beginning
   * it decays faster, by `step / (step + 10)`. Statistics of BatchNorm are those of the weights themselves.
   */
  readonly averageWeights?: number;
  /**
   * Weights that do not learn, by globs over their names: ["encoder*"]. They have no gradient, no optimizer state and no
   * part in `clipNorm`. Statistics of a frozen BatchNorm go on following the rows, as in PyTorch.
   */
  readonly freeze?: WeightPatterns;
  /** Weights that are trained in a way of their own. */
  readonly groups?: readonly WeightGroup[];
  /** Weights to start from; the seed decides those that it does not hold. */
  readonly weights?: Start;
  /** Ends the run when a metric stops improving; the best epoch's weights are kept. */
  readonly earlyStopping?: EarlyStopping<EpochMetric<Metric>>;
  /**
   * Multiplies the learning rate by a factor whenever a metric stops improving, whatever the schedule says at that step:
   * that of the optimizer, and those of all groups.
   */
  readonly reduceOnPlateau?: ReduceOnPlateau<EpochMetric<Metric>>;
}

const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const optimizer = z.custom<Optimizer>((value) => (value as Partial<Optimizer> | undefined)?.kind === "optimizer", {
  error: "must be an optimizer, such as adamw()",
});

const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'must be a pattern or a list of patterns, such as ["encoder*"]',
});

const group = z.strictObject({
  match: patterns,
  optimizer: optimizer.optional(),
  learningRate: z.unknown().optional(),
  weightDecay: z.unknown().optional(),
});

/** The same at run time, defaults filled in. */
export const experimentOptions = z.strictObject({
  data: z.custom<Data>((value) => (value as Partial<Data> | undefined)?.kind === "data", {
    error: "must be data, such as data.mnist()",
  }),
  optimizer: optimizer.optional(),
  epochs: z.int().min(1).optional(),
  steps: z.int().min(1).optional(),
  batchSize: z.int().min(1).default(32),
  seed: seed.default(0),
  shuffleSeed: seed.default(0),
  clipNorm: z.number().positive().optional(),
  clipValue: z.number().positive().optional(),
  accumulate: z.int().min(2).optional(),
  averageWeights: z.number().min(0).lt(1).optional(),
  freeze: patterns.optional(),
  groups: z.array(group).min(1).optional(),
  weights: z
    .custom<InitialWeights>((value) => (value as Partial<InitialWeights> | undefined)?.kind === "weights", {
      error: "must be weights, such as await loadWeights(model, path)",
    })
    .optional(),
  earlyStopping: z
    .strictObject({
      metric: z.string(),
      mode: z.enum(["min", "max"]).optional(),
      patience: z.int().min(0).default(5),
      minDelta: z.number().min(0).default(0),
    })
    .optional(),
  reduceOnPlateau: z
    .strictObject({
      metric: z.string(),
      mode: z.enum(["min", "max"]).optional(),
      factor: z.number().gt(0).lt(1).default(0.1),
      patience: z.int().min(1).default(10),
      minDelta: z.number().min(0).default(0),
      cooldown: z.int().min(0).default(0),
      minScale: z.number().min(0).max(1).default(0),
    })
    .optional(),
});
