import type { AnyModel, Tensor } from "@flaxen/core";
import type { DataPart, EvaluateOptions, RowsFile } from "../predict/evaluate-options.ts";
import type { Feed, NumberFeed } from "../predict/feeds.ts";
import type { GenerateOptions } from "../predict/generate.ts";
import type { TableRow } from "../predict/raw.ts";
import type { Metrics, TrainingMetric } from "../training/run.ts";
import type { TensorInfo } from "./safetensors.ts";

/** The trained weights. */
export interface Weights {
  /** Absolute path of the safetensors file. */
  readonly path: string;
  /** Names ("conv1/kernel"), types and shapes, from the file's header. */
  tensors(): Promise<readonly TensorInfo[]>;
}

/** One feed for each of the model's inputs. */
export type Feeds<Inputs> = { readonly [Name in keyof Inputs]: Inputs[Name] extends Tensor ? NumberFeed : Feed };

/** Rows with what the heads should say: one feed for each input, and one for each head that learns from a column. */
export type LabelledFeeds<Inputs, Outputs> = Feeds<Inputs> & { readonly [Name in keyof Outputs]?: Feed };

/**
 * A trained model: its metrics, its weights, and a process that predicts with them.
 *
 * That process starts with the first `predict`, `generate` or `evaluate`, is shared by all of them, never keeps a script alive and ends with it.
 */
export interface Trained<Inputs extends AnyModel["inputs"], Metric extends string, Outputs> extends AsyncDisposable {
  /** Of the best epoch where early stopping chose one, else of the last; "test/…" of the rows that were kept for the end. */
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
   * 255 or `{ file: bytes }` of images, columns unscaled, categories by their names, texts as strings; or, where a table
   * was trained on, as a list of its rows. Scaled targets come back as the table has them.
   *
   * Throws `InputShapeError`, `InputTypeError`, `UnknownInputError` or `InputRowsError` before anything is sent,
   * `PredictError` when Python fails.
   */
  predict(inputs: Feeds<Inputs> | readonly TableRow[]): Promise<Outputs>;
  /**
   * Text from a model with `head.nextToken` that was trained on text: what it writes after the prompt, without the
   * prompt; of a list of prompts, a list. With a column of text whose `ends` are marked, the prompt may be "" and a text
   * ends where the model ends it, or where the input is full; else it goes on, the oldest tokens left out of sight.
   *
   * Throws `NoTextHeadError` where the model writes no text, `PredictError` when Python fails.
   *
   * @example
   * await trained.generate("To be", { tokens: 200, temperature: 0.8, topK: 40 }) // ", or not to be"
   * await trained.generate("", { inputs: { question: "2+3" }, temperature: 0 })  // "5"
   */
  generate(prompt: string, options?: GenerateOptions<Inputs>): Promise<string>;
  generate(prompts: readonly string[], options?: GenerateOptions<Inputs>): Promise<readonly string[]>;
  /**
   * The metrics of other rows: what the run reports of its own, of any rows that come with their targets. Nothing is
   * learnt or dropped, and metrics are those of all rows together, also where they do not fill the last batch.
   *
   * Rows are given as `predict` takes them, with the targets under the names of the heads: class numbers, or names where
   * the data has names; -1 for a position that does not count; numbers unscaled. Or as rows of a table that has the
   * target's columns; or as the path of a file like the one that was trained on (a table, a text, a folder of images);
   * or as a part of the run's own data, while the run's folder is there. All of them are checked before any is scored.
   *
   * Throws what `predict` throws, `ParameterError` or `UnknownOptionError` for a part or an option that is none, and
   * `PredictError` where the rows are not what the model learnt from; the reason of `signal` where that is aborted. A
   * model with an input or a head named "path" takes no file.
   *
   * @example
   * const metrics = await trained.evaluate({ image, digit: [7, 2, 1] }); // 3 images
   * metrics["digit/accuracy"];                                           // typed as the run's
   * await trained.evaluate({ path: "houses-2025.csv" }, { signal, onProgress: (done, rows) => {} });
   */
  evaluate(
    rows: LabelledFeeds<Inputs, Outputs> | readonly TableRow[] | RowsFile | DataPart,
    options?: EvaluateOptions,
  ): Promise<Metrics<TrainingMetric<Metric>>>;
  /** Copies all that `load` needs into a folder. Throws `FolderNotEmptyError` unless told to overwrite. */
  save(folder: string, options?: { readonly overwrite?: boolean }): Promise<void>;
  /** Ends the predicting process, if there is one. */
  close(): Promise<void>;
}
