import type { Expression } from "../python/tree.ts";

/** How heads of one type are printed; their losses and metrics print themselves. */
export interface HeadPrinter<Params = any> {
  /** "10 classes": for the model's docstring. */
  describe(params: Params): string;
  /** What `predict` makes of logits or values, and a word for it. */
  predict(output: Expression): Expression;
  readonly prediction: string;
}
