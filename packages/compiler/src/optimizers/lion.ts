import { call } from "../python/tree.ts";
import { decayMask } from "./decay.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const lion: OptimizerPrinter = (context) => {
  const { learningRate, hyperparameter } = context;
  return call("optax.lion", learningRate, {
    b1: hyperparameter("b1"),
    b2: hyperparameter("b2"),
    weight_decay: hyperparameter("weightDecay"),
    mask: decayMask(context),
  });
};
