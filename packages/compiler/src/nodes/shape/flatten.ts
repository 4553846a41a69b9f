import { attribute, call, integer, subscript } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const flatten: NodePrinter = {
  call: (_, [x]) => call(attribute(x!, "reshape"), subscript(attribute(x!, "shape"), integer(0)), integer(-1)),
};
