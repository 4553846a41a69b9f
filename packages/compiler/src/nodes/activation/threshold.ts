import { binary, call, float } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** Its operand is read twice, so it does not wrap a call. */
export const threshold: NodePrinter<{ readonly threshold: number; readonly value: number }> = {
  call: ({ params }, [x]) => call("jnp.where", binary(x!, ">", float(params.threshold)), x!, float(params.value)),
  nests: true,
};
