import type { LossContext } from "../losses/printer.ts";
import type { Lines } from "../python/lines.ts";
import { binary, call, dotted, type Expression, float } from "../python/tree.ts";

export interface MetricContext extends LossContext {
  /** Mean of the targets over the training rows, [outputs]. */
  readonly targetMean: Expression;
  /** What an error is multiplied by to be in the target's own unit, [outputs], where the data scales the target. */
  readonly targetScale: Expression | undefined;
}

/** Something that is summed: a number for every row or position or, with a shape, an array. */
export interface Summand {
  readonly name: string;
  readonly value: Expression;
  readonly shape: readonly number[];
  /** The value is the sum itself already. */
  readonly total?: true;
}

export interface FinishContext {
  /** The head's parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Variables of `finish`. */
  readonly lines: Lines;
  readonly outputs: number;
  /** The number of rows, or of positions that count. */
  readonly rows: Expression;
  /** A sum over them. */
  sum(name: string): Expression;
}

/** A metric as sums over rows and what is made of them: so it is exact over batches of unequal size. */
export interface MetricPrinter {
  summands(context: MetricContext): readonly Summand[];
  finish(context: FinishContext): Expression;
}

/** The mean of something over rows or positions. */
export const mean = (name: string, value: (context: MetricContext) => Expression): MetricPrinter => ({
  summands: (context) => [{ name, value: value(context), shape: [] }],
  finish: ({ sum, rows }) => binary(sum(name), "/", rows),
});

/** A value that there is only where a condition holds, NaN elsewhere. */
export const known = (condition: Expression, value: Expression): Expression =>
  call("np.where", condition, value, dotted("np.nan"));

/** A share of something that there may be none of: 0 then, as in scikit-learn. */
export const share = (part: Expression, whole: Expression): Expression =>
  binary(part, "/", call("np.maximum", whole, float(1e-9)));
