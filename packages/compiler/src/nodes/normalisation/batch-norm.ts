import { boolean, call, features, float, name, not, option } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

/** Every option is written out: defaults differ between libraries, and the fast variance loses large means. */
export const batchNorm: NodePrinter<{ readonly momentum: number; readonly epsilon: number }> = {
  construct: ({ params, inputs }) =>
    call("nnx.BatchNorm", features(inputs[0]!.shape.at(-1) as number), {
      momentum: option("momentum", float(params.momentum)),
      epsilon: option("epsilon", float(params.epsilon)),
      use_fast_variance: boolean(false),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!, { use_running_average: not(name("train")) }),
  wraps: true,
  nests: true,
};
