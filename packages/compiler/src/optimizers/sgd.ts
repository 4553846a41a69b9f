import { boolean, call } from "../python/tree.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const sgd: OptimizerPrinter = ({ params, learningRate, hyperparameter }) =>
  call("optax.sgd", learningRate, {
    momentum: hyperparameter("momentum"),
    nesterov: params.nesterov === true ? boolean(true) : undefined,
  });
