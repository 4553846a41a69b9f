import { type Expression, name } from "../python/tree.ts";
import type { OptimizerContext } from "./printer.ts";

/** The function of train.py that `decayMask` names. */
export const kernelsSource = `\
def kernels(params):
    """Which weights decay: those of two and more axes, neither biases nor the scales of norms."""
    return jax.tree.map(lambda weight: weight.ndim > 1, params)`;

/** Whether an optimizer's decay leaves weights out. */
export const decaysKernels = (params: Readonly<Record<string, unknown>>): boolean => params.decay === "kernels";

/** Which weights decay; undefined for all of them. */
export const decayMask = ({ params }: OptimizerContext): Expression | undefined =>
  decaysKernels(params) ? name("kernels") : undefined;
