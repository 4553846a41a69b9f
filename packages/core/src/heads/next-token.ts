import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { Typed } from "../graph/tensor.ts";
import { role } from "../nodes/role.ts";
import { sameShape, show } from "../shapes/index.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem, logitsProblem, type PositionsOf } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { headParameters, source } from "./parameters.ts";
import { sourceOf } from "./source.ts";
import { type Classes, largest } from "./values.ts";

const metrics = [
  "perplexity",
  "bitsPerToken",
  "bitsPerByte",
  "accuracy",
  "sequenceAccuracy",
  "top{k}",
  "logLoss",
] as const;
export type NextTokenMetric = Exclude<(typeof metrics)[number], `top{k}`> | `top${number}`;

export const nextTokenHead = defineHead({
  type: "nextToken",
  doc: "The next token of a sequence at each of its positions: softmax cross-entropy. It needs no column of the data.",
  parameters: z.strictObject({
    of: source,
    vocab: role.shape(z.int().min(2)),
    ...headParameters(["crossEntropy"]),
    logits: role.structure(z.boolean()).default(false),
    labelSmoothing: role.dynamic(z.number().min(0).lt(1)).optional(),
  }),
  losses: ["crossEntropy"],
  metrics,
  minimised: ["perplexity", "bitsPerToken", "bitsPerByte", "logLoss"],
  metricProblem: (metric, { vocab }) =>
    metric.startsWith("top") && Number(metric.slice(3)) >= vocab
      ? `${metric} is always 1 with ${vocab} tokens; k must be below ${vocab}`
      : undefined,
  featuresProblem: (features, { vocab, logits }) =>
    featuresProblem(features) ??
    (features.shape.length === 3
      ? logitsProblem(features, logits, vocab, `logits of ${vocab} tokens`)
      : `needs [batch, time, features], but its features are ${show(features.shape)}`),
  sourceProblem: ({ shape, dtype }, features, { of }) => {
    if (dtype !== "int") return `needs whole numbers, but its input "${of}" is float`;
    if (!sameShape(shape, features.shape.slice(0, -1)))
      return `needs ${show([...shape, "features"])} to follow the tokens of "${of}", but its features are ${show(features.shape)}`;
    return shape[1] === 1 ? `needs two positions or more, but its input "${of}" is ${show(shape)}` : undefined;
  },
  projection: ({ vocab, logits }) => (logits ? undefined : vocab),
  width: ({ vocab }) => vocab,
  target: () => undefined,
  read: (probabilities) => ({ labels: largest(probabilities), probabilities }),
});

export interface NextTokenOptions<N, M, O> {
  /** The input of token ids `[batch, time]`, or its name: features depend on it, and each only on positions up to its own. */
  readonly of: O;
  /** How many tokens there are; ids are 0 to `vocab - 1`. */
  readonly vocab: N;
  /**
   * - "perplexity": exponential of the mean cross-entropy, "logLoss"; "bitsPerToken": the same in bits;
   *   "bitsPerByte": those of all tokens by the bytes of text that they stand for, of text in characters or byte pairs
   * - "accuracy" of tokens; "top5": among the five most probable; "sequenceAccuracy": share of the rows whose every token
   *   that counts is foretold
   */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /** Cross-entropy of the softmax. */
  readonly loss?: "crossEntropy" | OwnLoss<"nextToken">;
  /** Share of the target that is spread over all tokens (Szegedy et al., 2016), in [0, 1). */
  readonly labelSmoothing?: number;
  /** The tensor has one feature per token already: no projection is added. @defaultValue false */
  readonly logits?: boolean;
}

/**
 * The next token at each position: a language model. The position t of the features predicts the id at t + 1; the last
 * position, and those that padding (id 0) follows, do not count. `predict` gives the probabilities after every position.
 *
 * @example head.nextToken(hidden, { of: ids, vocab: 65 }) // hidden [batch, time, 128] -> [batch, time, 65]
 */
export const nextToken = <
  T,
  const N extends number,
  const O extends string | Typed<any, "int">,
  const M extends NextTokenMetric | OwnMetric<string, "nextToken"> = never,
>(
  features: FeaturesFit<"head.nextToken", T>,
  options: NextTokenOptions<N, M, O>,
): Head<ReportedBy<M>, Classes<N, PositionsOf<T>>> => {
  const site = callSite(nextToken);
  const node = isTensor(features) ? nodeOf(features) : undefined;
  const input = sourceOf("head.nextToken", node, options?.of, site);
  const given = input && { ...options, of: input.name! };
  return createHead(nextTokenHead, node, given ?? {}, site, input) as Head<ReportedBy<M>, Classes<N, PositionsOf<T>>>;
};
