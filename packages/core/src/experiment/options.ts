import { z } from "zod";
import type { Data } from "../data/define-data.ts";
import type { Optimizer } from "../training/define-optimizer.ts";
import type { AnyModel } from "./model.ts";

/** The model's metrics, and "val/…" of each where there is something to validate on. */
export type Reported<M extends AnyModel, D> =
  | M["metricNames"][number]
  | (D extends { readonly validation: true } ? `val/${M["metricNames"][number]}` : never);

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

/** All that an experiment adds to a model. */
export interface ExperimentOptions<D extends Data = Data, Metric extends string = string> {
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
  /** Decides the order of the rows, and which of them validate. @defaultValue 0 */
  readonly shuffleSeed?: number;
  /** Gradients whose global norm is above it are scaled down to it. Without it they are left as they are. */
  readonly clipNorm?: number;
  /** Ends the run when a metric stops improving; the best epoch's weights are kept. */
  readonly earlyStopping?: EarlyStopping<Metric>;
}

const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** The same at run time, defaults filled in. */
export const experimentOptions = z.strictObject({
  data: z.custom<Data>((value) => (value as Partial<Data> | undefined)?.kind === "data", {
    error: "must be data, such as data.mnist()",
  }),
  optimizer: z
    .custom<Optimizer>((value) => (value as Partial<Optimizer> | undefined)?.kind === "optimizer", {
      error: "must be an optimizer, such as adamw()",
    })
    .optional(),
  epochs: z.int().min(1).optional(),
  steps: z.int().min(1).optional(),
  batchSize: z.int().min(1).default(32),
  seed: seed.default(0),
  shuffleSeed: seed.default(0),
  clipNorm: z.number().positive().optional(),
  earlyStopping: z
    .strictObject({
      metric: z.string(),
      mode: z.enum(["min", "max"]).optional(),
      patience: z.int().min(0).default(5),
      minDelta: z.number().min(0).default(0),
    })
    .optional(),
});
