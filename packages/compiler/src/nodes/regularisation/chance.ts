import { call, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** A layer of `flaxen.ops` that draws random numbers while training; `parameter` is a number of the run. */
export const chance = (className: string, parameter: string): NodePrinter => ({
  construct: () => call(`ops.${className}`, name("rngs")),
  call: ({ self, hyperparameter }, [x]) => call(self, x!, hyperparameter(parameter), { train: name("train") }),
  nests: true,
});
