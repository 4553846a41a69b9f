import { type HeadDocument, show, type Value } from "@flaxen/core";
import { headDefinition } from "../heads/index.ts";
import { lossPrinter } from "../losses/index.ts";
import { metricPrinter } from "../metrics/index.ts";
import type { Summand } from "../metrics/printer.ts";
import { withLast } from "../model/shapes.ts";
import { createLines } from "../python/lines.ts";
import { binary, type Expression, item, marked, name, type Statement } from "../python/tree.ts";

/** What one head adds to train.py. */
export interface HeadLines {
  /** Lines of `loss_fn` that make its loss and what its metrics are summed up from. */
  readonly statements: readonly Statement[];
  /** Loss of every row, [batch]. */
  readonly loss: Expression;
  readonly summands: readonly Summand[];
  /** Lines of `finish` before its `return`. */
  readonly finishing: readonly Statement[];
  readonly metrics: readonly (readonly [metric: string, value: Expression])[];
}

export interface HeadSource {
  readonly document: HeadDocument;
  /** What `model(…)` or `outputs` holds under the head's name. */
  readonly output: Expression;
  readonly features: Value;
  hyperparameter(parameter: string): Expression;
  /** What one of the head's sums is called among all of them. */
  sumName(key: string): string;
  /** The identifier of a variable of `loss_fn` or `finish`: "loss", "error"; "" for the output itself. */
  variable(place: "loss_fn" | "finish", wish: string): string;
}

/** A head's loss and metrics, each as lines, sums and what is made of the sums. */
export const headLines = ({ document, output, features, hyperparameter, sumName, variable }: HeadSource): HeadLines => {
  const { name: head, type, params } = document;
  const outputs = headDefinition(type).width(params);
  const mark = (value: Expression) => marked(head, value);
  const lines = createLines((wish) => variable("loss_fn", wish), mark);
  const finishing = createLines((wish) => variable("finish", wish), mark);
  const logits = lines.let("", () => output, show(withLast(features.shape, outputs)));
  const target = item(name("batch"), head);
  const context = { params, lines, output: logits, target, outputs, hyperparameter };
  const loss = lines.let("loss", () => lossPrinter(params.loss as string)(context), "[batch]");

  const targetMean = item(name("hp"), `${head}_mean`);
  const names = params.metrics as readonly string[];
  const summands = names.flatMap((metric) => metricPrinter(metric).summands({ ...context, targetMean }));
  const rows = item(name("sums"), "rows");
  const sum = (key: string) => item(name("sums"), sumName(key));
  const metrics = names.map((metric) => {
    const value = metricPrinter(metric).finish({ lines: finishing, outputs, rows, sum });
    return [`${head}/${metric}`, mark(value)] as const;
  });
  return {
    statements: lines.statements,
    loss,
    summands: [{ name: "loss", value: loss, shape: [] } as const, ...unique(summands)].map((summand) => ({
      ...summand,
      name: sumName(summand.name),
    })),
    finishing: finishing.statements,
    metrics: [[`${head}/loss`, mark(binary(sum("loss"), "/", rows))], ...metrics],
  };
};

/** Metrics may share a sum. */
const unique = (summands: readonly Summand[]): readonly Summand[] =>
  summands.filter(({ name: own }, i) => summands.findIndex((other) => other.name === own) === i);
