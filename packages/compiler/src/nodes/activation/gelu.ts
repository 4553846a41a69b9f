import { boolean, call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** `ops.gelu` is the exact form; the other is named, since libraries differ in which one they mean. */
export const gelu: NodePrinter<{ readonly approximate: boolean }> = {
  call: ({ params }, [x]) =>
    params.approximate ? call("nnx.gelu", x!, { approximate: boolean(true) }) : call("ops.gelu", x!),
  wraps: true,
  nests: true,
};
