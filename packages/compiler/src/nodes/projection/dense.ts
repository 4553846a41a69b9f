import { boolean, call, features, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const dense: NodePrinter<{ readonly units: number; readonly useBias: boolean }> = {
  construct: ({ params, inputs }) =>
    call("nnx.Linear", features(inputs[0]!.shape.at(-1) as number), features(params.units), {
      use_bias: params.useBias ? undefined : boolean(false),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};
