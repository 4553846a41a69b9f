import { didYouMean } from "@flaxen/errors";
import { expectationsOf } from "../data/expectations.ts";
import { parameterProblem } from "../nodes/parameters.ts";
import { refuseCode } from "./check-code.ts";
import { checkBatchSize, checkBytes, checkData, checkScaledTargets } from "./check-data.ts";
import { type CheckedModel, checkModel } from "./check-model.ts";
import { checkTraining } from "./check-training.ts";
import { BadDocumentError, UnknownVersionError } from "./errors.ts";
import { deepFreeze, plainCopy } from "./json.ts";
import { epochMetricNames } from "./metric-names.ts";
import type { Origins } from "./origins.ts";
import { readText } from "./read-text.ts";
import { documentVersion, type ExperimentDocument, experimentDocument } from "./schema.ts";
import { modelWeights } from "./weights.ts";

export interface ParseOptions {
  /** Whether layers that carry Python of their own are let in: their code runs when the model does. @defaultValue false */
  readonly allowCode?: boolean | undefined;
}

/** A document whose every rule was checked, frozen, and what was learnt on the way. */
export interface CheckedDocument extends CheckedModel {
  readonly document: ExperimentDocument;
}

/**
 * Reads a document, also a stranger's: every rule is checked, defaults are written out, nodes stand after their operands.
 *
 * Each cause has an error of its own, which names the node. The given value is copied, not changed.
 *
 * @param json the parsed value, or its text, which is refused when a key stands twice in one object
 */
export const parseDocument = (
  json: unknown,
  origins: Origins = {},
  { allowCode = false }: ParseOptions = {},
): CheckedDocument => {
  const given = readForm(json);
  if (!allowCode) refuseCode(given.model);
  const checked = checkModel(given.model, origins.sites);
  const data = given.data && checkData(given.data, expectationsOf(checked.model, checked.types), origins.data);
  if (data) checkScaledTargets(data, checked.model.heads, origins.data);
  if (data) checkBytes(data, checked.model.heads, origins.data);
  const withData = { flaxen: given.flaxen, model: checked.model, ...(data ? { data } : {}) };
  const training =
    given.training &&
    checkTraining(given.training, epochMetricNames(withData), () => modelWeights(checked), origins.experiment);
  if (data && training) checkBatchSize(data, training.batchSize, origins);
  return { ...checked, document: deepFreeze({ ...withData, ...(training ? { training } : {}) }) };
};

/** Checks that the value has a document's form, whatever it says. */
const readForm = (json: unknown): ExperimentDocument => {
  const plain = plainCopy(typeof json === "string" ? readText(json) : json);
  if ("problem" in plain) throw new BadDocumentError(`${plain.problem}.`);
  const { copy } = plain;
  if (typeof copy !== "object" || copy === null || Array.isArray(copy))
    throw new BadDocumentError("a document is a JSON object with the keys flaxen, model, data and training.");
  const version = (copy as Readonly<Record<string, unknown>>).flaxen;
  if (version !== documentVersion)
    throw new UnknownVersionError(
      `the document ${version === undefined ? 'has no version: its key "flaxen" is missing' : `is of version ${JSON.stringify(version)}`}. This version of Flaxen reads version ${documentVersion}.`,
    );
  const parsed = experimentDocument.safeParse(copy, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code !== "unrecognized_keys")
    throw new BadDocumentError(`${parameterProblem("document", issue, []).sentence}.`);
  const known = knownKeys(issue.path);
  throw new BadDocumentError(
    `document${issue.path.map((key) => `.${String(key)}`).join("")} has no key "${issue.keys[0]}".${known.length ? didYouMean(issue.keys[0]!, known) : ""}`,
  );
};

/** The keys of the schema at a path. */
const knownKeys = (path: readonly PropertyKey[]): readonly string[] => {
  let schema: unknown = experimentDocument;
  for (const key of path) {
    const { shape, element, valueType } = unwrap(schema);
    schema = shape?.[key as string] ?? valueType ?? element;
  }
  return Object.keys(unwrap(schema).shape ?? {});
};

interface Unwrapped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
}

const unwrap = (schema: unknown): Unwrapped => {
  const { def } = (schema ?? {}) as { readonly def?: { readonly innerType?: unknown } };
  return def?.innerType ? unwrap(def.innerType) : ((schema ?? {}) as Unwrapped);
};
