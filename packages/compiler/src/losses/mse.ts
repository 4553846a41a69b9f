import { binary, call, type Expression, integer, method } from "../python/tree.ts";
import type { LossContext, LossPrinter } from "./printer.ts";

/** The variable `error`: squared errors of every row and output, [batch, outputs]. */
export const squaredErrors = ({
  lines,
  output,
  target,
  outputs,
}: Pick<LossContext, "lines" | "output" | "target" | "outputs">): Expression =>
  lines.let("error", () => call("jnp.square", binary(output, "-", target)), `[batch, ${outputs}]`);

/** Mean squared error over the outputs of every row. */
export const mse: LossPrinter = (context) => method(squaredErrors(context), "mean", integer(-1));
