import { boolean, call, features, float, integer, name, option } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface GroupNormParams {
  readonly groups: number;
  readonly epsilon: number;
  readonly useScale: boolean;
  readonly useBias: boolean;
}

/** Epsilon is written out, for defaults differ between libraries; the fast variance loses large means. */
export const groupNorm: NodePrinter<GroupNormParams> = {
  construct: ({ params, inputs }) =>
    call("nnx.GroupNorm", features(inputs[0]!.shape.at(-1) as number), {
      num_groups: option("num_groups", integer(params.groups)),
      epsilon: option("epsilon", float(params.epsilon)),
      use_bias: flag("use_bias", params.useBias, true),
      use_scale: flag("use_scale", params.useScale, true),
      use_fast_variance: boolean(false),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
