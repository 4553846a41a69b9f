import { boolean, call, type Expression, integer, method } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodeContext, NodePrinter } from "../printer.ts";

interface ReduceParams {
  readonly axes: readonly number[] | null;
  readonly keepDims: boolean;
}
interface AxisParams {
  readonly axis: number;
}

/** `1` or `(1, 2)`. */
const axesOf = ({ params: { axes }, inputs }: NodeContext<ReduceParams>): Expression => {
  const given = axes ?? inputs[0]!.shape.map((_, axis) => axis).slice(1);
  return given.length === 1 ? integer(given[0]!) : integers(given);
};
const keywords = ({ params: { keepDims } }: NodeContext<ReduceParams>) => (keepDims ? { keepdims: boolean(true) } : {});

/** `x.mean((1, 2), keepdims=True)` */
const methodNamed = (name: string): NodePrinter<ReduceParams> => ({
  call: (context, [x]) => method(x!, name, axesOf(context), keywords(context)),
  wraps: true,
  nests: true,
});
/** `nnx.logsumexp(x, 1)` */
const functionNamed = (name: string): NodePrinter<ReduceParams> => ({
  call: (context, [x]) => call(name, x!, axesOf(context), keywords(context)),
  wraps: true,
  nests: true,
});
/** `x.cumsum(1)` */
const alongAxis = (name: string): NodePrinter<AxisParams> => ({
  call: ({ params }, [x]) => method(x!, name, integer(params.axis)),
  wraps: true,
  nests: true,
});

export const mean = methodNamed("mean");
export const sum = methodNamed("sum");
export const max = methodNamed("max");
export const min = methodNamed("min");
export const logSumExp = functionNamed("nnx.logsumexp");
export const norm = functionNamed("ops.norm");
export const argmax = alongAxis("argmax");
export const argmin = alongAxis("argmin");
export const cumsum = alongAxis("cumsum");
