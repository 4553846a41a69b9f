import { boolean, call, features, float, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** Epsilon is written out, for defaults differ between libraries. */
export const rmsNorm: NodePrinter<{ readonly epsilon: number; readonly useScale: boolean }> = {
  construct: ({ params, inputs }) =>
    call("nnx.RMSNorm", features(inputs[0]!.shape.at(-1) as number), {
      epsilon: float(params.epsilon),
      use_scale: params.useScale ? undefined : boolean(false),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
