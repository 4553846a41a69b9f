import {
  type HeadDocument,
  type OwnLossDocument,
  type OwnMetricDocument,
  type Score,
  type Shape,
  scoreName,
  show,
  type Value,
} from "@flaxen/core";
import { headDefinition, headPrinter } from "../heads/index.ts";
import type { HeadContext } from "../heads/printer.ts";
import { lossPrinter } from "../losses/index.ts";
import { metricPrinter } from "../metrics/index.ts";
import type { Summand } from "../metrics/printer.ts";
import { withLast } from "../model/shapes.ts";
import { createLines } from "../python/lines.ts";
import {
  binary,
  call,
  type Expression,
  float,
  integer,
  item,
  marked,
  method,
  name,
  none,
  type Statement,
  subscript,
  tuple,
} from "../python/tree.ts";

/** A sum over a batch. */
export interface Sum {
  readonly name: string;
  readonly value: Expression;
  readonly shape: readonly number[];
}

/** What one head adds to train.py. */
export interface HeadLines {
  /** Lines of `loss_fn` that make its loss and what its metrics are summed up from. */
  readonly statements: readonly Statement[];
  /** Loss of every row, [batch], or of every position, [batch, …positions]. */
  readonly loss: Expression;
  /** How much every position counts, where the head predicts for positions. */
  readonly counted: Expression | undefined;
  readonly sums: readonly Sum[];
  /** Lines of `finish` before its `return`. */
  readonly finishing: readonly Statement[];
  /** Rows, or positions that count, in `finish`. */
  readonly count: Expression;
  readonly metrics: readonly (readonly [metric: string, value: Expression])[];
}

export interface HeadSource {
  readonly document: HeadDocument;
  /** What `model(…)` or `outputs` holds under the head's name. */
  readonly output: Expression;
  readonly features: Value;
  readonly input: HeadContext["input"];
  hyperparameter(parameter: string): Expression;
  /** What one of the head's sums is called among all of them. */
  sumName(key: string): string;
  /** Whether the data scales its target. */
  readonly scaled: boolean;
  /** The identifier of a variable of `loss_fn` or `finish`: "loss", "error"; "" for the output itself. */
  variable(place: "loss_fn" | "finish", wish: string): string;
}

/** A head's loss and metrics, each as lines, sums and what is made of the sums. */
export const headLines = (source: HeadSource): HeadLines => {
  const { document, output, features, input, hyperparameter, sumName, variable } = source;
  const { name: head, type, params } = document;
  const width = headDefinition(type).width(params);
  const mark = (value: Expression) => marked(head, value);
  const lines = createLines((wish) => variable("loss_fn", wish), mark);
  const finishing = createLines((wish) => variable("finish", wish), mark);
  const fitted = (what: string) => item(name("hp"), `${head}_${what}`);
  const column = item(name("batch"), head);
  const shape = withLast(features.shape, width);
  const printed = headPrinter(type).compare({ params, lines, output, shape, column, input });
  const { value, counted, outputs = width, ...compared } = printed;

  const positions = compared.shape.slice(0, withoutClasses(type, compared.shape));
  const weight = counted ? lines.let("counted", () => weighted(counted, positions), show(positions)) : name("weight");
  const context = { params, lines, outputs, hyperparameter, fitted, weight, ...compared };
  const loss = lines.let(
    "loss",
    () => lossPrinter(type, params.loss as Score<OwnLossDocument>)(context),
    show(lossShape(type, params.loss, counted ? positions : positions.slice(0, 1))),
  );

  const scores = params.metrics as readonly Score<OwnMetricDocument>[];
  const metricContext = () => ({
    ...context,
    output: value?.() ?? context.output,
    targetMean: fitted("mean"),
    targetScale: source.scaled ? fitted("scale") : undefined,
  });
  const summands = scores.flatMap((metric) => metricPrinter(type, metric).summands(metricContext()));
  const rank = counted ? positions.length : 1;
  const sum = (key: string) => item(name("sums"), sumName(key));
  const rows = counted
    ? finishing.let("positions", () => call("np.maximum", sum("positions"), float(1e-9)))
    : item(name("sums"), "rows");
  const metrics = scores.map((metric) => {
    const finish = metricPrinter(type, metric).finish({ params, lines: finishing, outputs, rows, sum });
    return [`${head}/${scoreName(metric)}`, mark(finish)] as const;
  });
  const all: readonly Summand[] = [
    { name: "loss", value: loss, shape: [] },
    ...unique(summands),
    ...(counted ? [{ name: "positions", value: method(weight, "sum"), shape: [], total: true } as const] : []),
  ];
  return {
    statements: lines.statements,
    loss,
    counted: counted && weight,
    sums: all.map((summand) => ({
      name: sumName(summand.name),
      value: mark(total(summand, weight, rank)),
      shape: summand.shape,
    })),
    finishing: finishing.statements,
    count: rows,
    metrics: [[`${head}/loss`, mark(binary(sum("loss"), "/", rows))], ...metrics],
  };
};

/** A loss of regions is one of rows, with an axis of size 1 for each of positions. */
const lossShape = (type: string, loss: unknown, positions: Shape): Shape =>
  headDefinition(type).positionLosses?.includes(loss as string)
    ? positions.map((size, axis) => (axis === 0 ? size : 1))
    : positions;

/** Logits of a binary head have no axis of classes. */
const withoutClasses = (type: string, shape: Shape): number => (type === "binary" ? shape.length : -1);

/** `weight[:, None] * (labels >= 0)`: rows that only fill the batch, and positions that do not count, weigh nothing. */
const weighted = (counted: Expression, positions: Shape): Expression => {
  const axes = positions.map((_, axis): Expression => (axis === 0 ? { kind: "slice" } : none));
  return binary(subscript(name("weight"), tuple(...axes)), "*", counted);
};

/** The sum over a batch; `rank` is that of the weights. */
const total = ({ value, shape, total: done }: Summand, weight: Expression, rank: number): Expression => {
  if (done) return value;
  if (shape.length === 0) return method(binary(value, "*", weight), "sum");
  return rank === 1 ? binary(weight, "@", value) : call("jnp.tensordot", weight, value, integer(rank));
};

/** Metrics may share a sum. */
const unique = (summands: readonly Summand[]): readonly Summand[] =>
  summands.filter(({ name: own }, i) => summands.findIndex((other) => other.name === own) === i);
