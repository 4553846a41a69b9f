import { show } from "@flaxen/core";
import { call } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

interface ReconstructionParams {
  readonly of: string;
  readonly loss: string;
}

export const reconstruction: HeadPrinter<ReconstructionParams> = {
  describe: ({ of }) => `${of} again`,
  readsInputs: true,
  compare: ({ params, lines, output, shape, input }) => {
    const value = lines.let("", () => output, show(shape));
    return {
      output: value,
      shape,
      target: lines.let("original", () => input(params.of).read, show(shape)),
      averaged: shape.length - 1,
      ...(params.loss === "bce" && { value: () => lines.let("values", () => call("nnx.sigmoid", value), show(shape)) }),
    };
  },
  predict: (values, { loss }) => (loss === "bce" ? call("nnx.sigmoid", values) : values),
  prediction: () => "values",
  predictedShape: (shape) => shape,
};
