import type { AnyModel } from "@flaxen/core";
import type { Feed } from "../predict/feeds.ts";
import type { Metrics } from "../training/run.ts";
import type { TensorInfo } from "./safetensors.ts";

/** The trained weights. */
export interface Weights {
  /** Absolute path of the safetensors file. */
  readonly path: string;
  /** Names ("conv1/kernel"), types and shapes, from the file's header. */
  tensors(): Promise<readonly TensorInfo[]>;
}

/** One feed for each of the model's inputs. */
export type Feeds<Inputs> = { readonly [Name in keyof Inputs]: Feed };

/**
 * A trained model: its metrics, its weights, and a process that predicts with them.
 *
 * That process starts with the first `predict`, is shared by all of them, never keeps a script alive and ends with it.
 */
export interface Trained<Inputs extends AnyModel["inputs"], Metric extends string, Outputs> extends AsyncDisposable {
  /** Of the best epoch where early stopping chose one, else of the last. */
  readonly metrics: Metrics<Metric>;
  /** The epoch whose weights these are, counted from 0, where early stopping chose it. */
  readonly bestEpoch: number | undefined;
  /** Training steps done, and seconds from the first to the last. */
  readonly steps: number;
  readonly seconds: number;
  /** Where program, configuration and weights lie. */
  readonly folder: string;
  readonly weights: Weights;
  /**
   * What the heads say about one row or a batch of rows. Values are fed as the training data had them: pixels from 0 to
   * 255, columns unscaled.
   *
   * Throws `InputShapeError`, `InputTypeError`, `UnknownInputError` or `InputRowsError` before anything is sent,
   * `PredictError` when Python fails.
   */
  predict(inputs: Feeds<Inputs>): Promise<Outputs>;
  /** Copies all that `load` needs into a folder. Throws `FolderNotEmptyError` unless told to overwrite. */
  save(folder: string, options?: { readonly overwrite?: boolean }): Promise<void>;
  /** Ends the predicting process, if there is one. */
  close(): Promise<void>;
}
