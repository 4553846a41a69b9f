import { call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";
import { convLayer, type WindowParams } from "./convolution.ts";

interface DepthwiseParams extends WindowParams {
  readonly multiplier: number;
}

/** As many groups as there are channels. */
export const depthwise: NodePrinter<DepthwiseParams> = {
  construct: ({ params: { multiplier, ...window }, inputs }) => {
    const channels = inputs[0]!.shape.at(-1) as number;
    return convLayer(channels, { ...window, filters: channels * multiplier, groups: channels });
  },
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};
