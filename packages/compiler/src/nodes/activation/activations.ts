import type { PlainActivationMethods } from "@flaxen/core";
import { binary, call, integer } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** `nnx.relu(x)` */
const calls = (callee: string): NodePrinter => ({ call: (_, [x]) => call(callee, x!), wraps: true, nests: true });

/** Activations without a parameter. */
export const activations = {
  exponential: calls("jnp.exp"),
  hardSigmoid: calls("nnx.hard_sigmoid"),
  hardSwish: calls("nnx.hard_swish"),
  hardTanh: calls("nnx.hard_tanh"),
  logSigmoid: calls("nnx.log_sigmoid"),
  // Flax has none; its operand is read twice, so it does not wrap a call.
  mish: { call: (_, [x]) => binary(x!, "*", call("nnx.tanh", call("nnx.softplus", x!))), nests: true },
  relu: calls("nnx.relu"),
  selu: calls("nnx.selu"),
  sigmoid: calls("nnx.sigmoid"),
  silu: calls("nnx.silu"),
  softplus: calls("nnx.softplus"),
  softsign: calls("nnx.soft_sign"),
  squaredRelu: { call: (_, [x]) => binary(call("nnx.relu", x!), "**", integer(2)), wraps: true, nests: true },
  tanh: calls("nnx.tanh"),
} satisfies Record<keyof PlainActivationMethods, NodePrinter>;
