import { call } from "../python/tree.ts";
import type { OptimizerContext, OptimizerPrinter } from "./printer.ts";

/** Written out, since defaults differ between libraries. */
export const moments = ({ hyperparameter }: OptimizerContext) => ({
  b1: hyperparameter("b1"),
  b2: hyperparameter("b2"),
  eps: hyperparameter("eps"),
});

export const adam: OptimizerPrinter = (context) => call("optax.adam", context.learningRate, moments(context));

export const adamax: OptimizerPrinter = (context) => call("optax.adamax", context.learningRate, moments(context));

export const nadam: OptimizerPrinter = (context) => call("optax.nadam", context.learningRate, moments(context));

export const radam: OptimizerPrinter = (context) =>
  call("optax.radam", context.learningRate, {
    ...moments(context),
    threshold: context.hyperparameter("threshold"),
  });

export const adabelief: OptimizerPrinter = (context) =>
  call("optax.adabelief", context.learningRate, {
    ...moments(context),
    eps_root: context.hyperparameter("epsRoot"),
  });
