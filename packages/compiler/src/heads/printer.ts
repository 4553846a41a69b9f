import type { Shape } from "@flaxen/core";
import type { Lines } from "../python/lines.ts";
import type { Expression } from "../python/tree.ts";

/** What a head knows of the program that it is printed into. */
export interface HeadContext<Params = any> {
  readonly params: Params;
  /** Variables of `loss_fn`. */
  readonly lines: Lines;
  /** What the model gives for the head: `outputs["digit"]`. */
  readonly output: Expression;
  /** Its shape: `[batch, …positions, width]`. */
  readonly shape: Shape;
  /** The head's column of the data: `batch["digit"]`. */
  readonly column: Expression;
  /** One of the model's inputs: its column, and what the model reads of it. */
  input(name: string): { readonly column: Expression; readonly read: Expression };
}

/** What `loss_fn` compares. */
export interface Comparison {
  /** Logits or values, of the shape that losses read. */
  readonly output: Expression;
  readonly shape: Shape;
  /** What the data says. */
  readonly target: Expression;
  /** True where a position counts, `[batch, …positions]`; without it every row counts alike. */
  readonly counted?: Expression | undefined;
  /** Of each number of the output, where the model gives one too. */
  readonly variance?: Expression | undefined;
  /** Size of the output's last axis, where that is not all that the model gives. */
  readonly outputs?: number | undefined;
  /** Trailing axes that a loss of elements is averaged over, to be one of rows or positions. */
  readonly averaged: number;
  /** What metrics compare with the target, where that is not the output. */
  readonly value?: () => Expression;
}

/** How heads of one type are printed; their losses and metrics print themselves. */
export interface HeadPrinter<Params = any> {
  /** "10 classes": for the model's docstring. */
  describe(params: Params): string;
  /** Whether its target is what the model reads of an input. */
  readonly readsInputs?: true;
  /** The variables of `loss_fn` that losses and metrics read. */
  compare(context: HeadContext<Params>): Comparison;
  /** What `predict` makes of logits or values, a word for it, and its shape for an output of a shape. */
  predict(output: Expression, params: Params): Expression;
  prediction(params: Params): string;
  predictedShape(shape: Shape): Shape;
}
