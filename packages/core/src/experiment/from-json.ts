import { contentHash } from "../document/hash.ts";
import { optionError } from "../document/options.ts";
import { type ParseOptions, parseDocument } from "../document/parse-document.ts";
import { graph } from "../graph/index.ts";
import type { AnyTensor } from "../graph/tensor.ts";
import { IncompleteDocumentError } from "./errors.ts";
import { type CompleteDocument, type Experiment, freezeExperiment } from "./experiment.ts";
import { type AnyModel, createModel } from "./model.ts";

export interface FromJSONOptions extends ParseOptions {
  /** The bytes of data that was given as arrays, by their SHA-256. */
  readonly assets?: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads an experiment's document, also a stranger's. `fromJSON(x.toJSON())` is `x` again, but for the call sites and the
 * bytes, which lie beside a document.
 */
export const fromJSON = (json: unknown, { assets = new Map(), allowCode }: FromJSONOptions = {}): Experiment => {
  const { document } = parseDocument(json, {}, { allowCode });
  for (const part of ["data", "training"] as const)
    if (document[part] === undefined)
      throw new IncompleteDocumentError(
        `the document has no ${part}, so it is a model, not an experiment. Read it with modelFromJSON and add them with experiment().`,
      );
  for (const [sha256, bytes] of assets)
    if (contentHash(bytes) !== sha256)
      throw optionError("fromJSON", `asset ${sha256} has other bytes than its hash says`);
  return freezeExperiment(document as CompleteDocument, {}, assets);
};

/** Reads the model of a document; data and training, if there are any, are left out. */
export const modelFromJSON = (json: unknown, options: ParseOptions = {}): AnyModel => {
  const { model } = parseDocument(json, {}, options);
  const inputs: Record<string, AnyTensor> = {};
  for (const { id, type, params } of model.nodes) {
    if (type !== "input") continue;
    const { shape, dtype } = params as unknown as { shape: readonly number[]; dtype: "float" | "int" };
    inputs[id] = graph.input(id, shape, { dtype });
  }
  return createModel(model, {}, inputs);
};
