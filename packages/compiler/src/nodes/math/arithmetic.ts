import { binary, call, dotted, type Expression, float, integer, method, type Operator } from "../../python/tree.ts";
import type { NodeContext, NodePrinter } from "../printer.ts";

interface Params {
  readonly value?: number;
}

/** The second operand: a tensor, or a number of the first one's dtype. */
const other = ({ params: { value }, inputs }: NodeContext<Params>, given: Expression | undefined): Expression =>
  given ?? (inputs[0]!.dtype === "int" ? integer(value!) : float(value!));

const operator = (sign: Operator): NodePrinter<Params> => ({
  call: (context, [x, y]) => binary(x!, sign, other(context, y)),
  wraps: true,
  nests: true,
  operator: true,
});
const calls = (callee: string): NodePrinter<Params> => ({
  call: (context, [x, y]) => call(callee, x!, other(context, y)),
  wraps: true,
  nests: true,
});
/** `(x > 0.0).astype(jnp.int32)` */
const comparison = (sign: Operator): NodePrinter<Params> => ({
  call: (context, [x, y]) => method(binary(x!, sign, other(context, y)), "astype", dotted("jnp.int32")),
  nests: true,
});

export const arithmetic = {
  add: operator("+"),
  divide: operator("/"),
  equal: comparison("=="),
  greater: comparison(">"),
  greaterEqual: comparison(">="),
  less: comparison("<"),
  lessEqual: comparison("<="),
  maximum: calls("jnp.maximum"),
  minimum: calls("jnp.minimum"),
  multiply: operator("*"),
  notEqual: comparison("!="),
  subtract: operator("-"),
};
