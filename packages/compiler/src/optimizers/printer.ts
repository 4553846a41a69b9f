import type { Expression } from "../python/tree.ts";

/** What an optimizer is printed from. */
export interface OptimizerContext {
  readonly params: Readonly<Record<string, unknown>>;
  /** A number, or a function of the step. */
  readonly learningRate: Expression;
  /** `hp["weight_decay"]`; undefined where the parameter was not given. */
  hyperparameter(parameter: string): Expression | undefined;
}

/** The call that makes it in optax. */
export type OptimizerPrinter = (context: OptimizerContext) => Expression;
