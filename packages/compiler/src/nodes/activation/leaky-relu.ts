import { call, float } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** The slope is always written out: defaults differ between libraries. */
export const leakyRelu: NodePrinter<{ readonly negativeSlope: number }> = {
  call: ({ params }, [x]) => call("nnx.leaky_relu", x!, { negative_slope: float(params.negativeSlope) }),
  wraps: true,
  nests: true,
};
