import { call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const glu: NodePrinter = {
  call: (_, [x]) => call("nnx.glu", x!),
  wraps: true,
  nests: true,
};
