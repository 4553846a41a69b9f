import { call, type Expression, float, integer, list } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

type Nested = number | readonly Nested[];

/** `jnp.array([[0.229, 0.224, 0.225]])`: one example, which stretches over the batch. */
export const constant: NodePrinter<{ readonly value: Nested; readonly dtype: "float" | "int" }> = {
  call: ({ params: { value, dtype } }) => {
    const number = dtype === "int" ? integer : float;
    const printed = (nested: Nested): Expression =>
      typeof nested === "number" ? number(nested) : list(...nested.map(printed));
    return call("jnp.array", list(printed(value)));
  },
  nests: true,
};
