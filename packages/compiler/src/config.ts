import { type CompleteDocument, type DataDocument, type Expectations, scaledTargets } from "@flaxen/core";
import { dataPrinter } from "./data/index.ts";
import type { AssetReference } from "./data/printer.ts";

export interface PrintedConfig {
  readonly config: Readonly<Record<string, unknown>>;
  readonly assets: readonly AssetReference[];
}

/** config.json: every value that may change without changing the program. */
export const printConfig = (
  { data, training }: CompleteDocument,
  expects: Expectations,
  hyperparameters: Readonly<Record<string, number>>,
): PrintedConfig => {
  const { seed, shuffleSeed, epochs, steps, batchSize, earlyStopping, reduceOnPlateau, weights } = training;
  const printed = dataPrinter(data.type).config(data.params, expects);
  return {
    assets: weights ? [...printed.assets, weightsAsset(weights.sha256)] : printed.assets,
    config: {
      seed,
      shuffle_seed: shuffleSeed,
      epochs: epochs ?? null,
      steps: steps ?? null,
      batch_size: batchSize,
      ...(weights ? { weights: weightsAsset(weights.sha256).name } : {}),
      data: { ...printed.config, expects: expectsOf(data, expects) },
      hyperparameters,
      early_stopping: earlyStopping
        ? {
            metric: earlyStopping.metric,
            mode: earlyStopping.mode,
            patience: earlyStopping.patience,
            min_delta: earlyStopping.minDelta,
          }
        : null,
      ...(reduceOnPlateau && {
        reduce_on_plateau: {
          metric: reduceOnPlateau.metric,
          mode: reduceOnPlateau.mode,
          factor: reduceOnPlateau.factor,
          patience: reduceOnPlateau.patience,
          min_delta: reduceOnPlateau.minDelta,
          cooldown: reduceOnPlateau.cooldown,
          min_scale: reduceOnPlateau.minScale,
        },
      }),
    },
  };
};

/** The file of weights that a run starts from. */
const weightsAsset = (sha256: string) => ({ name: `${sha256}.safetensors`, kind: "bytes", sha256 }) as const;

/**
 * What the data must hold; `stored` tells what the program reads where that is neither float32 nor int32, `scaled` that it
 * reads how far a target was scaled.
 */
const expectsOf = (data: DataDocument, expects: Expectations) => {
  const scaled = scaledTargets(data);
  return Object.fromEntries(
    Object.entries(expects).map(([column, expected]) => {
      if (isBytes(data.type, data.params, column, expected)) return [column, { ...expected, stored: "uint8" }];
      return [column, scaled.has(column) ? { ...expected, scaled: true } : expected];
    }),
  );
};

/** Whether a column reaches the program as bytes 0..255. */
export const isBytes = (type: string, params: unknown, column: string, expected: Expectations[string]): boolean =>
  expected.role === "input" && expected.dtype === "float" && dataPrinter(type).isBytes(params, column);
