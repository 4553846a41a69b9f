import { call, integer } from "../python/tree.ts";
import type { LossPrinter } from "./printer.ts";

/** Softmax cross-entropy; with label smoothing the targets leave a share to all classes alike. */
export const crossEntropy: LossPrinter = ({ params, lines, output, target, outputs, hyperparameter }) => {
  if (params.labelSmoothing === undefined)
    return call("optax.softmax_cross_entropy_with_integer_labels", output, target);
  const targets = lines.let("targets", () => {
    const oneHot = call("jax.nn.one_hot", target, integer(outputs));
    return call("optax.smooth_labels", oneHot, hyperparameter("labelSmoothing"));
  });
  return call("optax.softmax_cross_entropy", output, targets);
};
