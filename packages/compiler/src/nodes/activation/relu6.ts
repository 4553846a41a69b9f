import { call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const relu6: NodePrinter = {
  call: (_, [x]) => call("nnx.relu6", x!),
  wraps: true,
  nests: true,
};
