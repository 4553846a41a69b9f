import { show } from "@flaxen/core";
import { call, type Expression, integer, binary as operation, subscript, tuple } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

/** `x[..., 0]` */
const only = (logits: Expression): Expression =>
  subscript(logits, tuple({ kind: "constant", name: "..." }, integer(0)));

export const binary: HeadPrinter = {
  describe: () => "yes or no",
  compare: ({ lines, output, shape, column }) => ({
    output: lines.let("", () => only(output), show(shape.slice(0, -1))),
    shape: shape.slice(0, -1),
    target: column,
    counted: shape.length > 2 ? operation(column, ">=", integer(0)) : undefined,
    averaged: 0,
  }),
  predict: (logits) => call("nnx.sigmoid", only(logits)),
  prediction: () => "probabilities",
  predictedShape: (shape) => shape.slice(0, -1),
};
