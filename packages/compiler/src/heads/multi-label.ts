import { show } from "@flaxen/core";
import { call } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

export const multiLabel: HeadPrinter<{ readonly classes: number }> = {
  describe: ({ classes }) => `any of ${classes} classes`,
  compare: ({ lines, output, shape, column }) => ({
    output: lines.let("", () => output, show(shape)),
    shape,
    target: column,
    averaged: 1,
  }),
  predict: (logits) => call("nnx.sigmoid", logits),
  prediction: () => "probabilities",
  predictedShape: (shape) => shape,
};
