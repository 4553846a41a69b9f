import { call } from "../python/tree.ts";
import { moments } from "./adam.ts";
import { decayMask } from "./decay.ts";
import type { OptimizerPrinter } from "./printer.ts";

export const adamw: OptimizerPrinter = (context) =>
  call("optax.adamw", context.learningRate, {
    ...moments(context),
    weight_decay: context.hyperparameter("weightDecay"),
    mask: decayMask(context),
  });

export const lamb: OptimizerPrinter = (context) =>
  call("optax.lamb", context.learningRate, {
    ...moments(context),
    weight_decay: context.hyperparameter("weightDecay"),
    mask: decayMask(context),
  });
