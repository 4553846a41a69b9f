import { show } from "@flaxen/core";
import { binary, call, type Expression, float, integer, list, negative, subscript, tuple } from "../python/tree.ts";
import type { Comparison, HeadContext, HeadPrinter } from "./printer.ts";

interface RegressionParams {
  readonly outputs: number;
  readonly loss: string;
}

/** Whether it predicts a distribution. */
const isShares = ({ loss }: RegressionParams): boolean => loss === "kl" || loss === "js";

const isGaussian = ({ loss }: RegressionParams): boolean => loss === "gaussianNll";

/** Means as they are; variances are positive (Lakshminarayanan and others, 2017). */
const gaussianOf = (both: Expression, { outputs }: RegressionParams) => {
  const every: Expression = { kind: "constant", name: "..." };
  const mean = subscript(both, tuple(every, { kind: "slice", end: outputs }));
  const raw = subscript(both, tuple(every, { kind: "slice", start: outputs }));
  return { mean, variance: binary(call("nnx.softplus", raw), "+", float(1e-6)) };
};

const compareGaussian = ({
  params,
  lines,
  output,
  shape,
  column,
}: Omit<HeadContext<RegressionParams>, "input">): Comparison => {
  const { outputs } = params;
  const own = [...shape.slice(0, -1), outputs];
  const { mean, variance } = gaussianOf(
    lines.let("both", () => output, show(shape)),
    params,
  );
  return {
    output: lines.let("", () => mean, show(own)),
    variance: lines.let("variance", () => variance, show(own)),
    shape: own,
    outputs,
    target: column,
    averaged: shape.length - 1,
  };
};

export const regression: HeadPrinter<RegressionParams> = {
  describe: ({ outputs }) => (outputs === 1 ? "1 value" : `${outputs} values`),
  compare: ({ params, lines, output, shape, column }) => {
    if (isGaussian(params)) return compareGaussian({ params, lines, output, shape, column });
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
    if (isGaussian(params)) {
      const { mean, variance } = gaussianOf(values, params);
      return call("jnp.concatenate", list(mean, variance), negative(integer(1)));
    }
    return isShares(params) ? call("nnx.softmax", values) : values;
  },
  prediction: (params) => {
    if (params.loss === "poisson") return "expected counts";
    if (isGaussian(params)) return "means, then variances";
    return isShares(params) ? "shares" : "values";
  },
  predictedShape: (shape) => shape,
};
