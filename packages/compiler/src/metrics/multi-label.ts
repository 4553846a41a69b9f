import { isPlain } from "../losses/cross-entropy.ts";
import { plainBce } from "../losses/sigmoid.ts";
import { binary, call, type Expression, integer, method } from "../python/tree.ts";
import { logLoss as plainLogLoss, probability } from "./binary.ts";
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

/** The mean over the classes of the cross-entropy: the loss, where that has no weights. */
export const logLoss: MetricPrinter = {
  summands: (context) => {
    if (isPlain(context.params)) return [];
    return [{ name: "log_loss", value: method(plainBce(context), "mean", integer(-1)), shape: [] }];
  },
  finish: plainLogLoss.finish,
};

export const brier = mean("brier", (context) => {
  const missing = binary(probability(context), "-", context.target);
  return method(call("jnp.square", missing), "mean", integer(-1));
});

export const answers = counts(anyOf, ({ outputs }) => [outputs]);
