import type { TrainingDocument } from "@flaxen/core";
import type { Hyperparameters } from "../hyperparameters.ts";
import { optimizerPrinter } from "../optimizers/index.ts";
import { call, type Expression, name, returns, type Statement } from "../python/tree.ts";
import { schedulePrinter } from "../schedules/index.ts";

/** The schedule's function, where there is one, and the body of `optimizer`. */
export const printOptimizer = (
  { optimizer, clipNorm }: TrainingDocument,
  hyperparameters: Hyperparameters,
): { readonly schedule: string | undefined; readonly body: Statement } => {
  const { type, params } = optimizer;
  const schedule = params.learningRate as { readonly type: string };
  const { keys, source } = schedulePrinter(schedule.type);
  const find = (parameter: string) => hyperparameters.find("", parameter);
  const learningRate: Expression = source
    ? { kind: "lambda", parameters: ["step"], body: call("learning_rate", name("step"), name("hp")) }
    : find(Object.keys(keys)[0]!)!;
  const update = optimizerPrinter(type)({ params, learningRate, hyperparameter: find });
  const clip = clipNorm === undefined ? undefined : call("optax.clip_by_global_norm", find("clipNorm")!);
  return { schedule: source, body: returns(clip ? call("optax.chain", clip, update) : update) };
};
