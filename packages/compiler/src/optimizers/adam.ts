import { call } from "../python/tree.ts";
import type { OptimizerContext, OptimizerPrinter } from "./printer.ts";

/** Written out, since defaults differ between libraries. */
export const moments = ({ hyperparameter }: OptimizerContext) => ({
  b1: hyperparameter("b1"),
  b2: hyperparameter("b2"),
  eps: hyperparameter("eps"),
});

export const adam: OptimizerPrinter = (context) => call("optax.adam", context.learningRate, moments(context));
