import { sum } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const add: NodePrinter = {
  call: (_, operands) => sum(operands),
  wraps: true,
  nests: true,
};
