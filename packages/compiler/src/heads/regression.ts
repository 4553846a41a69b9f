import { show } from "@flaxen/core";
import { call } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

interface RegressionParams {
  readonly outputs: number;
  readonly loss: string;
}

/** Whether it predicts a distribution. */
const isShares = ({ loss }: RegressionParams): boolean => loss === "kl" || loss === "js";

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
      ...(isShares(params) && { value: () => lines.let("shares", () => call("nnx.softmax", value), show(shape)) }),
    };
  },
  predict: (values, params) => {
    if (params.loss === "poisson") return call("jnp.exp", values);
    return isShares(params) ? call("nnx.softmax", values) : values;
  },
  prediction: (params) => {
    if (params.loss === "poisson") return "expected counts";
    return isShares(params) ? "shares" : "values";
  },
  predictedShape: (shape) => shape,
};
