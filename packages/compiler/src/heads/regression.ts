import { show } from "@flaxen/core";
import { call } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

interface RegressionParams {
  readonly outputs: number;
  readonly loss: string;
}

export const regression: HeadPrinter<RegressionParams> = {
  describe: ({ outputs }) => (outputs === 1 ? "1 value" : `${outputs} values`),
  compare: ({ params, lines, output, shape, column }) => {
    const value = lines.let("", () => output, show(shape));
    return {
      output: value,
      shape,
      target: column,
      averaged: shape.length - 1,
      ...(params.loss === "poisson" && { value: () => lines.let("rate", () => call("jnp.exp", value), show(shape)) }),
    };
  },
  predict: (values, { loss }) => (loss === "poisson" ? call("jnp.exp", values) : values),
  prediction: ({ loss }) => (loss === "poisson" ? "expected counts" : "values"),
  predictedShape: (shape) => shape,
};
