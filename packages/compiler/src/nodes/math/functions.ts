import { binary, call, dotted, type Expression, float, integer, method, negative, string } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

const wrapping = <Params>(print: (x: Expression, params: Params) => Expression): NodePrinter<Params> => ({
  call: ({ params }, [x]) => print(x!, params),
  wraps: true,
  nests: true,
});
/** `jnp.sin(x)` */
const calls = (callee: string): NodePrinter => wrapping((x) => call(callee, x));
const dtypes = { float: "jnp.float32", int: "jnp.int32" } as const;

/** A number without a fraction is printed without one: `x**2`. */
const number = (value: number): Expression => (Number.isInteger(value) ? integer(value) : float(value));

export const unary = {
  abs: calls("jnp.abs"),
  cast: wrapping((x, { dtype }: { readonly dtype: "float" | "int" }) => method(x, "astype", dotted(dtypes[dtype]))),
  clip: wrapping((x, { low, high }: { readonly low: number; readonly high: number }) =>
    call("jnp.clip", x, float(low), float(high)),
  ),
  cos: calls("jnp.cos"),
  log: calls("jnp.log"),
  negate: wrapping((x) => negative(x)),
  power: wrapping((x, { exponent }: { readonly exponent: number }) => binary(x, "**", number(exponent))),
  sin: calls("jnp.sin"),
  sqrt: calls("jnp.sqrt"),
  square: calls("jnp.square"),
  stopGradient: calls("jax.lax.stop_gradient"),
};

export const where: NodePrinter<{ readonly value?: number }> = {
  call: ({ params: { value }, inputs }, [x, condition, other]) => {
    const fill = inputs[0]!.dtype === "int" ? integer : float;
    return call("jnp.where", binary(condition!, "!=", integer(0)), x!, other ?? fill(value!));
  },
  wraps: true,
  nests: true,
};

export const products = {
  matmul: { call: (_, [x, other]) => binary(x!, "@", other!), wraps: true, nests: true },
  dot: { call: (_, operands) => call("jnp.vecdot", ...operands), wraps: true, nests: true },
  einsum: {
    call: ({ params }, operands) => call("jnp.einsum", string(params.equation), ...operands),
    wraps: true,
    nests: true,
  },
} satisfies Record<string, NodePrinter>;
