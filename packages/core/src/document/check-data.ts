import type { Site } from "@flaxen/errors";
import { dataDefinition } from "../data/definitions.ts";
import { BatchSizeError } from "../data/errors.ts";
import type { Expectations } from "../data/expectations.ts";
import { scaledTargets } from "../data/scaled-targets.ts";
import { checkOptions, optionError } from "./options.ts";
import type { Origins } from "./origins.ts";
import type { DataDocument, HeadDocument } from "./schema.ts";

/** Checks the data against what the model expects; gives it in normal form. */
export const checkData = (data: DataDocument, expectations: Expectations, site?: Site | undefined): DataDocument => {
  const definition = dataDefinition(data);
  const params = checkOptions(definition.parameters, data.params, `data.${data.type}`, site);
  definition.check(params, expectations, site);
  const ordered = definition.ordered?.(params, expectations) ?? params;
  return { type: data.type, params: ordered as DataDocument["params"] };
};

/** Losses and metrics that read a target's own number, not its distance from another. */
const ofWholeTargets: readonly unknown[] = ["mape", "smape", "msle", "poisson", "kl", "js", "cosineSimilarity"];

/** Throws where a score says nothing of a scaled target: a share of it, its logarithm, or a count. */
export const checkScaledTargets = (
  data: DataDocument,
  heads: readonly HeadDocument[],
  site?: Site | undefined,
): void => {
  const scaled = scaledTargets(data);
  for (const { name, params } of heads) {
    const column = scaled.get(name);
    if (column === undefined) continue;
    const refuse = (what: string, score: unknown): void => {
      if (ofWholeTargets.includes(score))
        throw optionError(
          `data.${data.type}`,
          `the ${what} "${score}" of head "${name}" needs targets as the table has them, but column "${column}" is scaled. Leave out its scaling, or take another ${what}`,
          site,
        );
    };
    refuse("loss", params.loss);
    for (const metric of params.metrics as readonly unknown[]) refuse("metric", metric);
  }
};

/** Throws where a metric counts the bytes of something that is no text, or of text whose white space is lost. */
export const checkBytes = (data: DataDocument, heads: readonly HeadDocument[], site?: Site | undefined): void => {
  for (const { name, params } of heads) {
    if (!(params.metrics as readonly unknown[]).includes("bitsPerByte")) continue;
    const tokenizer = tokenizerOf(data, params.of as string);
    if (tokenizer === "character" || tokenizer === "bpe") continue;
    const found = tokenizer === undefined ? "is no text" : `is cut by the tokenizer "${tokenizer}"`;
    throw optionError(
      `data.${data.type}`,
      `the metric "bitsPerByte" of head "${name}" needs text in characters or byte pairs, but input "${params.of}" ${found}. Take the tokenizer "character" or "bpe", or the metric "bitsPerToken"`,
      site,
    );
  }
};

const tokenizerOf = ({ type, params }: DataDocument, input: string): string | undefined => {
  if (type === "text") return params.tokenizer as string;
  const [column] = ((params.features as Readonly<Record<string, unknown>> | undefined)?.[input] ?? []) as readonly {
    readonly kind?: string;
    readonly tokenizer?: string;
  }[];
  return column?.kind === "text" ? (column.tokenizer ?? "word") : undefined;
};

/** Throws where a batch would hold more rows than there are to train on, as far as that is known. */
export const checkBatchSize = (data: DataDocument, batchSize: number, origins: Origins): void => {
  const rows = dataDefinition(data).trainRows?.(data.params, origins.data);
  if (rows !== undefined && batchSize > rows) throw new BatchSizeError(batchSize, rows, origins.experiment);
};
