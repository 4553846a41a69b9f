import type { Lines } from "../python/lines.ts";
import type { Expression } from "../python/tree.ts";

export interface MetricContext {
  /** Variables of `loss_fn`. */
  readonly lines: Lines;
  /** Logits or values, [batch, outputs]. */
  readonly output: Expression;
  /** Labels [batch] or targets [batch, outputs]. */
  readonly target: Expression;
  readonly outputs: number;
  /** Mean of the targets over the training rows, [outputs]. */
  readonly targetMean: Expression;
}

/** Something of every row that is summed: [batch] or, with a shape, [batch, …shape]. */
export interface Summand {
  readonly name: string;
  readonly value: Expression;
  readonly shape: readonly number[];
}

export interface FinishContext {
  /** Variables of `finish`. */
  readonly lines: Lines;
  readonly outputs: number;
  /** The number of rows. */
  readonly rows: Expression;
  /** A sum over them. */
  sum(name: string): Expression;
}

/** A metric as sums over rows and what is made of them: so it is exact over batches of unequal size. */
export interface MetricPrinter {
  summands(context: MetricContext): readonly Summand[];
  finish(context: FinishContext): Expression;
}
