import { call, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const dropout: NodePrinter = {
  construct: () => call("ops.Dropout", name("rngs")),
  call: ({ self, hyperparameter }, [x]) => call(self, x!, hyperparameter("rate"), { train: name("train") }),
};
