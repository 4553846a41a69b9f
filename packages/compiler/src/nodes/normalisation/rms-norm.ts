import { call, features, float, name, option } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

/** Epsilon is written out, for defaults differ between libraries. */
export const rmsNorm: NodePrinter<{ readonly epsilon: number; readonly useScale: boolean }> = {
  construct: ({ params, inputs }) =>
    call("ops.RMSNorm", features(inputs[0]!.shape.at(-1) as number), {
      epsilon: option("epsilon", float(params.epsilon)),
      use_scale: flag("use_scale", params.useScale, true),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
