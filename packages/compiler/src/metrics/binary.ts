import { show } from "@flaxen/core";
import { isPlain } from "../losses/cross-entropy.ts";
import { plainBce } from "../losses/sigmoid.ts";
import { sum as add, binary, call, type Expression, float, integer, method, name, tuple } from "../python/tree.ts";
import { counts } from "./confusion.ts";
import { type FinishContext, known, type MetricContext, type MetricPrinter, mean, share } from "./printer.ts";

/** A logit above 0 says 1: its probability is above one half. */
const says = ({ output }: MetricContext): Expression => binary(output, ">", integer(0));

export const accuracy = mean("accuracy", (context) => binary(says(context), "==", context.target));

export const answers = counts(
  (context) => ({
    predicted: context.lines.let("predicted", () => says(context), show(context.shape)),
    actual: context.target,
  }),
  () => [],
);

const negatives = ({ sum, rows }: FinishContext): Expression => binary(rows, "-", sum("actual"));

/** Rows that are rightly said to be 0, of all that are 0. */
const specificityOf = (context: FinishContext): Expression => {
  const { sum } = context;
  const right = add([negatives(context), sum("true_positive")]);
  return share(binary(right, "-", sum("predicted")), negatives(context));
};

/** A count of rows that is more than the least that positions are divided by. */
const some = (count: Expression): Expression => binary(count, ">", float(1e-9));

/** NaN where class 0 is neither a label nor a prediction. */
export const specificity: MetricPrinter = {
  summands: answers,
  finish: (context) => known(some(binary(context.rows, "-", context.sum("true_positive"))), specificityOf(context)),
};

export const balancedAccuracy: MetricPrinter = {
  summands: answers,
  finish: (context) => {
    const { lines, sum } = context;
    const both = add([share(sum("true_positive"), sum("actual")), specificityOf(context)]);
    const named = lines.let(
      "named",
      () => call("np.add", some(sum("actual")), some(negatives(context)), { dtype: name("int") }),
      "classes that labels name",
    );
    return binary(both, "/", named);
  },
};

export const logLoss: MetricPrinter = {
  summands: (context) => (isPlain(context.params) ? [] : [{ name: "log_loss", value: plainBce(context), shape: [] }]),
  finish: ({ params, sum, rows }) => binary(sum(isPlain(params) ? "loss" : "log_loss"), "/", rows),
};

export const probability = ({ lines, output, shape }: MetricContext): Expression =>
  lines.let("probability", () => call("nnx.sigmoid", output), show(shape));

export const brier = mean("brier", (context) => call("jnp.square", binary(probability(context), "-", context.target)));

const bins = 2048;
const farthest = 16;

/** How many logits of either class fall into each of 2,048 bins from -16 to 16, the last ones open. */
const histograms = ({ output, target, weight, lines, shape }: MetricContext) => {
  const clipped = lines.let(
    "clipped",
    () => method(output, "clip", integer(-farthest), integer(farthest)),
    `${show(shape)}; logits of one of the ${bins} bins count as equal`,
  );
  const range = tuple(integer(-farthest), integer(farthest));
  const histogram = (sum: string, weights: Expression) => ({
    name: sum,
    value: first(call("jnp.histogram", clipped, integer(bins), range, { weights })),
    shape: [bins],
    total: true as const,
  });
  return [
    histogram("positive", binary(weight, "*", target)),
    histogram("negative", binary(weight, "*", binary(integer(1), "-", target))),
  ];
};

export const first = (value: Expression): Expression => ({ kind: "subscript", value, index: integer(0) });

const last = integer(-1);

/** The share of pairs of a 1 and a 0 where the 1 has the higher logit; within one bin half of them. */
export const rocAuc: MetricPrinter = {
  summands: histograms,
  finish: ({ lines, sum }) => {
    const [positive, negative] = [sum("positive"), sum("negative")];
    const below = lines.let(
      "below",
      () => binary(call("np.cumsum", negative, last), "-", binary(negative, "/", integer(2))),
      "of every bin: zeros below it, and half of its own",
    );
    const pairs = binary(method(positive, "sum", last), "*", method(negative, "sum", last));
    return binary(method(binary(positive, "*", below), "sum", last), "/", pairs);
  },
};

/** Average precision: the mean, over all that are 1, of the precision among those with as high a logit or a higher one. */
export const prAuc: MetricPrinter = {
  summands: histograms,
  finish: ({ lines, sum }) => {
    const highest = "ones, from the highest bin down";
    const found = lines.let("found", () => call("np.flip", sum("positive"), last), highest);
    const above = (value: Expression) => call("np.cumsum", value, last);
    const all = add([found, call("np.flip", sum("negative"), last)]);
    const precisions = lines.let("precisions", () => share(above(found), above(all)));
    return binary(method(binary(found, "*", precisions), "sum", last), "/", method(found, "sum", last));
  },
};

const confidenceBins = 15;

/** Sums of `confidence - right` in 15 bins of confidence: their sizes, summed up, are the calibration error (Guo et al., 2017). */
export const calibration = (of: (context: MetricContext) => readonly [Expression, Expression]): MetricPrinter => ({
  summands: (context) => {
    const [confidence, right] = of(context);
    const weights = binary(context.weight, "*", binary(confidence, "-", right));
    const histogram = call("jnp.histogram", confidence, integer(confidenceBins), tuple(integer(0), integer(1)), {
      weights,
    });
    return [{ name: "overconfidence", value: first(histogram), shape: [confidenceBins], total: true }];
  },
  finish: ({ sum, rows }) => binary(method(call("np.abs", sum("overconfidence")), "sum", last), "/", rows),
});
