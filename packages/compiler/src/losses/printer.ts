import type { Comparison } from "../heads/printer.ts";
import type { Lines } from "../python/lines.ts";
import { type Expression, integer, method, tuple } from "../python/tree.ts";

/** What a loss knows of the head that it is printed for. */
export interface LossContext extends Pick<Comparison, "output" | "target" | "shape" | "averaged" | "variance"> {
  /** The head's parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Variables of `loss_fn`. */
  readonly lines: Lines;
  /** Size of the output's last axis, as far as it has one of classes or numbers. */
  readonly outputs: number;
  /** How much every row counts, [batch], or every position, [batch, …positions]. */
  readonly weight: Expression;
  /** A parameter that may change without changing the program: `hp["digit_label_smoothing"]`. */
  hyperparameter(parameter: string): Expression;
  /** What was fitted on the training rows: `hp["digit_class_weights"]`. */
  fitted(what: string): Expression;
}

/** The loss of every row, [batch], or of every position, [batch, …positions]. */
export type LossPrinter = (context: LossContext) => Expression;

/** The mean over the last axes: `x.mean(-1)`; over all but the first, `x.mean((1, 2, 3))`. */
export const meanOf = (value: Expression, axes: number): Expression => {
  if (axes === 0) return value;
  if (axes === 1) return method(value, "mean", integer(-1));
  return method(value, "mean", tuple(...Array.from({ length: axes }, (_, axis) => integer(axis + 1))));
};
