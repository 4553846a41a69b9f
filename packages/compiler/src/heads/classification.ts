import { call } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

export const classification: HeadPrinter<{ readonly classes: number }> = {
  describe: ({ classes }) => `${classes} classes`,
  predict: (logits) => call("nnx.softmax", logits),
  prediction: "probabilities",
};
