import { boolean, call, integer } from "../python/tree.ts";
import { decayMask } from "./decay.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const adafactor: OptimizerPrinter = (context) => {
  const { params, learningRate, hyperparameter } = context;
  return call("optax.adafactor", learningRate, {
    min_dim_size_to_factor: integer(params.smallestFactored as number),
    decay_rate: hyperparameter("decayRate"),
    multiply_by_parameter_scale: boolean(params.relative === true),
    clipping_threshold: hyperparameter("clippingThreshold"),
    momentum: hyperparameter("momentum"),
    weight_decay_rate: hyperparameter("weightDecay"),
    eps: hyperparameter("eps"),
    weight_decay_mask: decayMask(context),
  });
};
