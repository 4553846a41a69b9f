import { show } from "@flaxen/core";
import { absoluteErrors, relativeErrors, residuals, squaredErrors } from "../losses/errors.ts";
import {
  sum as add,
  binary,
  call,
  type Expression,
  firstColumn,
  float,
  integer,
  method,
  newAxis,
  tuple,
} from "../python/tree.ts";
import { type FinishContext, known, type MetricContext, type MetricPrinter, mean, type Summand } from "./printer.ts";

/** A summand of each output, a row's mean over its positions; one number where there is one output. */
const ofEachOutput = (
  name: string,
  value: Expression,
  { outputs, shape }: MetricContext,
  change: (value: Expression) => Expression = (value) => value,
): Summand => {
  const size = outputs === 1 ? [] : [outputs];
  if (shape.length === 2) return { name, value: change(outputs === 1 ? firstColumn(value) : value), shape: size };
  const axes = Array.from({ length: shape.length - (outputs === 1 ? 1 : 2) }, (_, axis) => integer(axis + 1));
  return { name, value: method(change(value), "mean", axes.length === 1 ? axes[0]! : tuple(...axes)), shape: size };
};

/** The mean over outputs of a sum of each. */
const overOutputs = ({ outputs }: FinishContext, value: Expression): Expression =>
  outputs === 1 ? value : method(value, "mean", integer(-1));

const meanOfErrors = (name: string, errors: (context: MetricContext) => Expression): MetricPrinter => ({
  summands: (context) => [ofEachOutput(name, errors(context), context)],
  finish: (context) => binary(overOutputs(context, context.sum(name)), "/", context.rows),
});

/** The variable `own_error` and the like: errors in the target's own unit, where the data scales the target. */
const inOwnUnit =
  (wish: string, errors: (context: MetricContext) => Expression, change = (scale: Expression) => scale) =>
  (context: MetricContext): Expression => {
    const { targetScale, lines, shape } = context;
    if (targetScale === undefined) return errors(context);
    return lines.let(
      `own_${wish}`,
      () => binary(errors(context), "*", change(targetScale)),
      `${show(shape)}, in the target's own unit`,
    );
  };

const square = (value: Expression): Expression => call("jnp.square", value);

export const mae = meanOfErrors("absolute_error", inOwnUnit("absolute_error", absoluteErrors));
export const mape = meanOfErrors("relative_error", relativeErrors);

/** Absolute errors as shares of the naive forecast's, which both scales of a target leave alone. */
export const mase = meanOfErrors("naive_share", (context) => {
  const { lines, shape, fitted } = context;
  return lines.let("naive_share", () => binary(absoluteErrors(context), "/", fitted("naive")), show(shape));
});

/** Of the mean size of target and value; 0 where both are 0. */
export const smape = meanOfErrors("symmetric_error", (context) => {
  const { lines, output, target, shape } = context;
  const sizes = add([call("jnp.abs", target), call("jnp.abs", output)]);
  const share = () =>
    binary(binary(integer(2), "*", absoluteErrors(context)), "/", call("jnp.maximum", sizes, float(1e-7)));
  return lines.let("symmetric_error", share, show(shape));
});

/** The mean over positions of what rows have for each. */
export const cosineSimilarity = mean("cosine_similarity", ({ output, target, shape }) => {
  const cosine = call("optax.cosine_similarity", output, target, { epsilon: float(1e-8) });
  const axes = shape.slice(1, -1).map((_, axis) => integer(axis + 1));
  return axes.length === 0 ? cosine : method(cosine, "mean", axes.length === 1 ? axes[0]! : tuple(...axes));
});

const squaredErrorSum = (context: MetricContext): Summand =>
  ofEachOutput("squared_error", inOwnUnit("error", squaredErrors, square)(context), context);

/** The mean squared error over all rows and outputs. */
export const mse: MetricPrinter = {
  summands: (context) => [squaredErrorSum(context)],
  finish: (context) => binary(overOutputs(context, context.sum("squared_error")), "/", context.rows),
};

/** Its root. */
export const rmse: MetricPrinter = {
  summands: mse.summands,
  finish: (context) => call("np.sqrt", mse.finish(context)),
};

/** The variable `target` or `value`: numbers around the mean of the training rows. */
const centred = (name: "target" | "value", context: MetricContext): Expression => {
  const { lines, target, output, targetMean, targetScale } = context;
  const centre = binary(name === "target" ? target : output, "-", targetMean);
  return lines.let(
    name,
    () => (targetScale === undefined ? centre : binary(centre, "*", targetScale)),
    `small numbers: the sums of ${name === "target" ? "r2" : "pearson"} keep their digits`,
  );
};

/** What a spread is made of. */
const moments = (name: string, value: Expression, context: MetricContext): readonly Summand[] => [
  ofEachOutput(name, value, context),
  ofEachOutput(`${name}_squared`, value, context, square),
];

const count = ({ rows, outputs }: FinishContext): Expression => (outputs === 1 ? rows : newAxis(rows));

/** Sum of squared distances from the mean: sum(y^2) - sum(y)^2 / rows. */
const distances = (name: string, context: FinishContext): Expression => {
  const { sum } = context;
  return binary(sum(`${name}_squared`), "-", binary(binary(sum(name), "**", integer(2)), "/", count(context)));
};

/** A share of the squares that float32 sums cannot tell from none. */
const nothing = 1e-6;

/** The variable `spread` or `value_spread`: the squared distances of targets or values, NaN where there are none. */
const spread = (name: "target" | "value", context: FinishContext): Expression => {
  const prefix = name === "target" ? "" : "value_";
  const all = context.lines.let(`${prefix}squared_distances`, () => distances(name, context));
  const least = binary(float(nothing), "*", context.sum(`${name}_squared`));
  return context.lines.let(`${prefix}spread`, () => known(binary(all, ">", least), all), "NaN where all are alike");
};

const explained = (context: FinishContext, unexplained: Expression): Expression => {
  const share = binary(integer(1), "-", binary(unexplained, "/", spread("target", context)));
  return overOutputs(context, share);
};

/**
 * Coefficient of determination: 1 - residual / total, the mean over outputs.
 *
 * Targets are taken from the mean of the training rows, so that their sums keep their digits in float32.
 */
export const r2: MetricPrinter = {
  summands: (context) => [squaredErrorSum(context), ...moments("target", centred("target", context), context)],
  finish: (context) => explained(context, context.sum("squared_error")),
};

/** The same for errors around their own mean. */
export const explainedVariance: MetricPrinter = {
  summands: (context) => [
    ...moments("missing", inOwnUnit("missing", residuals)(context), context),
    ...moments("target", centred("target", context), context),
  ],
  finish: (context) => explained(context, distances("missing", context)),
};

/** Correlation of values and targets, the mean over outputs. */
export const pearson: MetricPrinter = {
  summands: (context) => {
    const [target, value] = [centred("target", context), centred("value", context)];
    return [
      ...moments("target", target, context),
      ...moments("value", value, context),
      ofEachOutput("product", binary(target, "*", value), context),
    ];
  },
  finish: (context) => {
    const { lines, sum } = context;
    const together = lines.let("covariance", () => {
      const means = binary(binary(sum("target"), "*", sum("value")), "/", count(context));
      return binary(sum("product"), "-", means);
    });
    const both = binary(spread("target", context), "*", spread("value", context));
    return overOutputs(context, binary(together, "/", call("np.sqrt", both)));
  },
};
