import { call } from "../python/tree.ts";
import type { NodePrinter } from "./printer.ts";

export const relu: NodePrinter = {
  call: (_, [x]) => call("nnx.relu", x!),
  wraps: true,
  nests: true,
};
