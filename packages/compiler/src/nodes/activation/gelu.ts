import { boolean, call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** The form is always written out: libraries differ in which one they mean. */
export const gelu: NodePrinter<{ readonly approximate: boolean }> = {
  call: ({ params }, [x]) => call("nnx.gelu", x!, { approximate: boolean(params.approximate) }),
  wraps: true,
  nests: true,
};
