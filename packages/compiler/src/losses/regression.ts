import { binary, call, type Expression, float, integer, method } from "../python/tree.ts";
import { absoluteErrors, relativeErrors, residuals, squaredErrors } from "./errors.ts";
import { type LossContext, type LossPrinter, meanOf } from "./printer.ts";

/** The mean over outputs and positions of what every number contributes. */
const ofNumbers =
  (make: (context: LossContext) => Expression): LossPrinter =>
  (context) =>
    meanOf(make(context), context.averaged);

export const mse = ofNumbers(squaredErrors);
/** Where all errors are 0 a root has no slope. */
export const rmse: LossPrinter = (context) =>
  call("jnp.sqrt", call("jnp.maximum", meanOf(squaredErrors(context), context.averaged), float(1e-12)));

export const mae = ofNumbers(absoluteErrors);
export const mape = ofNumbers(relativeErrors);

export const huber = ofNumbers(({ output, target, hyperparameter }) =>
  call("optax.huber_loss", output, target, { delta: hyperparameter("delta") }),
);

export const logCosh = ofNumbers(({ output, target }) => call("optax.log_cosh", output, target));

/** Pinball loss (Koenker and Bassett, 1978). */
export const quantile = ofNumbers((context) => {
  const missing = residuals(context);
  const q = context.hyperparameter("quantile");
  return call("jnp.maximum", binary(q, "*", missing), binary(binary(q, "-", integer(1)), "*", missing));
});

export const gaussianNll = ofNumbers((context) => {
  const variance = context.variance!;
  const error = binary(squaredErrors(context), "/", variance);
  return binary(float(0.5), "*", binary(call("jnp.log", variance), "+", error));
});

/** Values below 0 are taken for 0, as in Keras. */
export const msle = ofNumbers(({ output, target }) => {
  const logarithm = call("jnp.log1p", call("jnp.maximum", output, integer(0)));
  return call("jnp.square", binary(logarithm, "-", call("jnp.log1p", target)));
});

/** The negative logarithm of the target's probability, but for what depends on the target alone. */
export const poisson = ofNumbers(({ output, target }) =>
  binary(call("jnp.exp", output), "-", binary(target, "*", output)),
);

export const cosine: LossPrinter = ({ output, target, averaged }) =>
  meanOf(call("optax.cosine_distance", output, target, { epsilon: float(1e-8) }), averaged - 1);

/** Of distributions: one for each row or position. */
export const kl: LossPrinter = ({ output, target, averaged }) =>
  meanOf(call("optax.kl_divergence", call("nnx.log_softmax", output), target), averaged - 1);

/** The mean divergence of both from what lies between them. */
export const js: LossPrinter = ({ lines, output, target, averaged }) => {
  const logarithm = lines.let("log_share", () => call("nnx.log_softmax", output));
  const share = lines.let("share", () => call("jnp.exp", logarithm));
  const between = lines.let("log_between", () => {
    const mean = binary(float(0.5), "*", binary(share, "+", target));
    return call("jnp.log", call("jnp.maximum", mean, float(1e-30)));
  });
  const theirs = call("optax.kl_divergence", between, target);
  const ours = method(binary(share, "*", binary(logarithm, "-", between)), "sum", integer(-1));
  return meanOf(binary(float(0.5), "*", binary(theirs, "+", ours)), averaged - 1);
};
