import { show } from "@flaxen/core";
import { binary, call, type Expression, float } from "../python/tree.ts";
import type { LossContext } from "./printer.ts";

type ErrorContext = Pick<LossContext, "lines" | "output" | "target" | "shape">;

const line =
  (wish: string, make: (context: ErrorContext) => Expression) =>
  (context: ErrorContext): Expression =>
    context.lines.let(wish, () => make(context), show(context.shape));

const difference = ({ output, target }: ErrorContext): Expression => binary(output, "-", target);

/** The variable `error`: squared errors of every number, [batch, …, outputs]. */
export const squaredErrors = line("error", (context) => call("jnp.square", difference(context)));

/** The variable `absolute_error`. */
export const absoluteErrors = line("absolute_error", (context) => call("jnp.abs", difference(context)));

/** The variable `relative_error`: of the target, which is taken for 1e-7 where it is smaller. */
export const relativeErrors = line("relative_error", (context) => {
  const size = call("jnp.maximum", call("jnp.abs", context.target), float(1e-7));
  return binary(call("jnp.abs", difference(context)), "/", size);
});

/** The variable `missing`: what the values lack, target - value. */
export const residuals = line("missing", ({ output, target }) => binary(target, "-", output));
