import type { NodePrinter } from "../printer.ts";

/** An argument of `__call__`: the operand that it is given is its own name. */
export const input: NodePrinter = {
  call: (_, [x]) => x!,
};
