import type { Lines } from "../python/lines.ts";
import type { Expression } from "../python/tree.ts";

/** What a loss knows of the head that it is printed for. */
export interface LossContext {
  /** The head's parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Variables of `loss_fn`. */
  readonly lines: Lines;
  /** What the model gives, logits or values, [batch, outputs]. */
  readonly output: Expression;
  /** What the data says: labels [batch] or targets [batch, outputs]. */
  readonly target: Expression;
  readonly outputs: number;
  /** A parameter that may change without changing the program: `hp["digit_label_smoothing"]`. */
  hyperparameter(parameter: string): Expression;
}

/** The loss of every row, [batch]. */
export type LossPrinter = (context: LossContext) => Expression;
