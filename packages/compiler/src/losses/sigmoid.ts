import { binary, call, type Expression, integer } from "../python/tree.ts";
import { type LossContext, type LossPrinter, meanOf } from "./printer.ts";

/** The sigmoid's cross-entropy of every logit, without weights. */
export const plainBce = ({ output, target }: Pick<LossContext, "output" | "target">): Expression =>
  call("optax.sigmoid_binary_cross_entropy", output, target);

export const bce: LossPrinter = (context) => meanOf(posWeighted(context, plainBce(context)), context.averaged);

/** Cross-entropy times (1 - probability of the answer)^gamma, whose logarithm is that of a sigmoid. */
export const sigmoidFocal: LossPrinter = (context) => {
  const { lines, output, target, hyperparameter, averaged } = context;
  const sign = binary(binary(integer(2), "*", target), "-", integer(1));
  const wrong = lines.let("wrong", () => call("nnx.log_sigmoid", negated(binary(output, "*", sign))));
  const easy = call("jnp.exp", binary(hyperparameter("gamma"), "*", wrong));
  return meanOf(posWeighted(context, binary(easy, "*", plainBce(context))), averaged);
};

/** max(0, 1 - margin). */
export const hinge: LossPrinter = ({ output, target }) =>
  call("optax.hinge_loss", output, binary(binary(integer(2), "*", target), "-", integer(1)));

export const squaredHinge: LossPrinter = (context) => call("jnp.square", hinge(context));

/** What should be 1 counts `posWeight` times. */
const posWeighted = ({ params, target, hyperparameter }: LossContext, loss: Expression): Expression => {
  if (params.posWeight === undefined) return loss;
  const more = binary(hyperparameter("posWeight"), "-", integer(1));
  return binary(binary(integer(1), "+", binary(more, "*", target)), "*", loss);
};

const negated = (operand: Expression): Expression => ({ kind: "unary", operator: "-", operand });
