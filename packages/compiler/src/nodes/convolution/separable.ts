import { attribute, call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";
import { convLayer, type WindowParams } from "./convolution.ts";

interface SeparableParams extends WindowParams {
  readonly filters: number;
  readonly multiplier: number;
}

/** `nnx.Dict(depthwise=ops.Conv(...), pointwise=ops.Conv(...))`: two layers under one name. */
export const separable: NodePrinter<SeparableParams> = {
  construct: ({ params: { filters, multiplier, useBias, ...window }, inputs }) => {
    const channels = inputs[0]!.shape.at(-1) as number;
    const between = channels * multiplier;
    const ones = window.kernel.map(() => 1);
    const point = { kernel: ones, stride: ones, padding: "SAME", dilation: ones, groups: 1, filters, useBias };
    return call("nnx.Dict", {
      depthwise: convLayer(channels, { ...window, filters: between, groups: channels, useBias: false }),
      pointwise: convLayer(between, point),
    });
  },
  call: ({ self }, [x]) => call(attribute(self, "pointwise"), call(attribute(self, "depthwise"), x!)),
  nests: true,
};
