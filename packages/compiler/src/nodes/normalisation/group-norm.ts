import { boolean, call, features, float, integer, name } from "../../python/tree.ts";
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
      num_groups: integer(params.groups),
      epsilon: float(params.epsilon),
      use_bias: params.useBias ? undefined : boolean(false),
      use_scale: params.useScale ? undefined : boolean(false),
      use_fast_variance: boolean(false),
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
