import { show } from "@flaxen/core";
import { binary, call, integer } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

export const classification: HeadPrinter<{ readonly classes: number }> = {
  describe: ({ classes }) => `${classes} classes`,
  compare: ({ lines, output, shape, column }) => ({
    output: lines.let("", () => output, show(shape)),
    shape,
    target: column,
    counted: shape.length > 2 ? binary(column, ">=", integer(0)) : undefined,
    averaged: 0,
  }),
  predict: (logits) => call("nnx.softmax", logits),
  prediction: () => "probabilities",
  predictedShape: (shape) => shape,
};
