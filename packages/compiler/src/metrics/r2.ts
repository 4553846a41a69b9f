import { binary, call, type Expression, float, integer, method, newAxis } from "../python/tree.ts";
import type { FinishContext, MetricPrinter } from "./printer.ts";
import { ofEachOutput, squaredErrorSum } from "./squared-error.ts";

/** Sum of squared distances from the mean: sum(y^2) - sum(y)^2 / rows, kept from zero. */
const spread = ({ sum, rows, outputs }: FinishContext): Expression => {
  const count = outputs === 1 ? rows : newAxis(rows);
  const mean = binary(binary(sum("target"), "**", integer(2)), "/", count);
  return call("np.maximum", binary(sum("target_squared"), "-", mean), float(1e-12));
};

/**
 * Coefficient of determination: 1 - residual / total, the mean over outputs.
 *
 * Targets are taken from the mean of the training rows, so that their sums keep their digits in float32.
 */
export const r2: MetricPrinter = {
  summands: (context) => {
    const { lines, target, targetMean, outputs } = context;
    const centred = lines.let(
      "target",
      () => binary(target, "-", targetMean),
      "small numbers: the sums of r2 keep their digits",
    );
    return [
      squaredErrorSum(context),
      ofEachOutput("target", centred, outputs),
      ofEachSquare(ofEachOutput("target_squared", centred, outputs)),
    ];
  },
  finish: (context) => {
    const { lines, sum, outputs } = context;
    const total = lines.let("spread", () => spread(context));
    const explained = binary(integer(1), "-", binary(sum("squared_error"), "/", total));
    return outputs === 1 ? explained : method(explained, "mean", integer(-1));
  },
};

const ofEachSquare = <S extends { readonly value: Expression }>(summand: S): S => ({
  ...summand,
  value: call("jnp.square", summand.value),
});
