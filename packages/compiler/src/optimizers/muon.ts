import { boolean, call, integer } from "../python/tree.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const muon: OptimizerPrinter = ({ params, learningRate, hyperparameter }) =>
  call("optax.contrib.muon", learningRate, {
    ns_steps: integer(params.newtonSchulzSteps as number),
    beta: hyperparameter("momentum"),
    eps: hyperparameter("eps"),
    weight_decay: hyperparameter("weightDecay"),
    nesterov: boolean(params.nesterov === true),
    adam_b1: hyperparameter("b1"),
    adam_b2: hyperparameter("b2"),
    adam_weight_decay: hyperparameter("adamWeightDecay"),
    consistent_rms: hyperparameter("rms"),
  });
