import { call, features, float, name, option } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface LayerNormParams {
  readonly epsilon: number;
  readonly useScale: boolean;
  readonly useBias: boolean;
}

/** Epsilon is written out, for defaults differ between libraries. */
export const layerNorm: NodePrinter<LayerNormParams> = {
  construct: ({ params, inputs }) =>
    call("ops.LayerNorm", features(inputs[0]!.shape.at(-1) as number), {
      epsilon: option("epsilon", float(params.epsilon)),
      use_bias: flag("use_bias", params.useBias, true),
      use_scale: flag("use_scale", params.useScale, true),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
