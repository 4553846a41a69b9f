import { boolean, call } from "../python/tree.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const rmsprop: OptimizerPrinter = ({ learningRate, hyperparameter }) =>
  call("optax.rmsprop", learningRate, {
    decay: hyperparameter("decay"),
    eps: hyperparameter("eps"),
    eps_in_sqrt: boolean(true),
    momentum: hyperparameter("momentum"),
  });

export const adagrad: OptimizerPrinter = ({ learningRate, hyperparameter }) =>
  call("optax.adagrad", learningRate, {
    initial_accumulator_value: hyperparameter("initialAccumulator"),
    eps: hyperparameter("eps"),
  });

export const adadelta: OptimizerPrinter = ({ learningRate, hyperparameter }) =>
  call("optax.adadelta", learningRate, { rho: hyperparameter("rho"), eps: hyperparameter("eps") });
