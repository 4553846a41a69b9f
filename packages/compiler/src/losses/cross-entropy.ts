import { show } from "@flaxen/core";
import { binary, call, type Expression, float, integer, list, subscript } from "../python/tree.ts";
import type { LossContext, LossPrinter } from "./printer.ts";

/** Softmax cross-entropy of every row or position, with neither smoothing nor weights. */
export const plainCrossEntropy = ({ output, target }: Pick<LossContext, "output" | "target">): Expression =>
  call("optax.softmax_cross_entropy_with_integer_labels", output, target);

/** Whether the loss itself is that. */
export const isPlain = ({
  loss,
  labelSmoothing,
  classWeights,
  posWeight,
}: Readonly<Record<string, unknown>>): boolean =>
  (loss === "crossEntropy" || loss === "bce") && (labelSmoothing ?? classWeights ?? posWeight) === undefined;

/** Softmax cross-entropy; with label smoothing the targets leave a share to all classes alike. */
export const crossEntropy: LossPrinter = (context) => {
  const { params, lines, output, target, outputs, hyperparameter } = context;
  if (params.labelSmoothing === undefined) return weighted(context, plainCrossEntropy(context));
  const targets = lines.let("targets", () => {
    const oneHot = call("jax.nn.one_hot", target, integer(outputs));
    return call("optax.smooth_labels", oneHot, hyperparameter("labelSmoothing"));
  });
  return weighted(context, call("optax.softmax_cross_entropy", output, targets));
};

/** The variable `cross_entropy`, which focal loss and metrics share. */
export const crossEntropyLine = ({ lines, output, target, shape }: LossContext): Expression =>
  lines.let("cross_entropy", () => plainCrossEntropy({ output, target }), show(shape.slice(0, -1)));

/** Cross-entropy times (1 - probability of the label)^gamma: what is easy counts less. */
export const focal: LossPrinter = (context) => {
  const ce = crossEntropyLine(context);
  // A power below 1 has an endless slope at 0.
  const wrong = call("jnp.maximum", binary(integer(1), "-", call("jnp.exp", negated(ce))), float(1e-7));
  return weighted(context, binary(binary(wrong, "**", context.hyperparameter("gamma")), "*", ce));
};

/** How far the label's logit does not lead by 1 (Crammer and Singer, 2001). */
export const categoricalHinge: LossPrinter = (context) =>
  weighted(context, call("optax.losses.multiclass_hinge_loss", context.output, context.target));

const weighted = ({ params, target, fitted }: LossContext, loss: Expression): Expression => {
  const { classWeights } = params;
  if (classWeights === undefined) return loss;
  const weights =
    classWeights === "balanced"
      ? fitted("class_weights")
      : call("jnp.array", list(...(classWeights as readonly number[]).map(float)));
  return binary(subscript(weights, target), "*", loss);
};

const negated = (operand: Expression): Expression => ({ kind: "unary", operator: "-", operand });
