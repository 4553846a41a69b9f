import { boolean, call } from "../python/tree.ts";
import { decayMask } from "./decay.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const lars: OptimizerPrinter = (context) => {
  const { params, learningRate, hyperparameter } = context;
  return call("optax.lars", learningRate, {
    weight_decay: hyperparameter("weightDecay"),
    weight_decay_mask: decayMask(context),
    trust_coefficient: hyperparameter("trustCoefficient"),
    eps: hyperparameter("eps"),
    momentum: hyperparameter("momentum"),
    nesterov: params.nesterov === true ? boolean(true) : undefined,
  });
};
