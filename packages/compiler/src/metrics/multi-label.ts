import { binary, type Expression, integer, method } from "../python/tree.ts";
import { anyOf, counts } from "./confusion.ts";
import { type MetricContext, type MetricPrinter, mean } from "./printer.ts";

const right = (context: MetricContext): Expression => {
  const { predicted, actual } = anyOf(context);
  return binary(predicted, "==", actual);
};

/** The share of right answers over rows and classes. */
export const accuracy = mean("accuracy", (context) => method(right(context), "mean", integer(-1)));

/** The share of the rows that are right in every class. */
export const exactMatch = mean("exact_match", (context) => method(right(context), "all", integer(-1)));

export const hammingLoss: MetricPrinter = {
  summands: accuracy.summands,
  finish: (context) => binary(integer(1), "-", accuracy.finish(context)),
};

export const answers = counts(anyOf, ({ outputs }) => [outputs]);
