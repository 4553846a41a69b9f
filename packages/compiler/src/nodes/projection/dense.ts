import type { Shape } from "@flaxen/core";
import { call, type Expression, features, name } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

/** `nnx.Linear(64, 128, rngs=rngs)`; `ops.Linear` where the input has positions beside its features. */
export const linear = (
  shape: Shape,
  units: number,
  options: { readonly use_bias?: Expression | undefined } = {},
): Expression =>
  call(shape.length > 2 ? "ops.Linear" : "nnx.Linear", features(shape.at(-1) as number), features(units), {
    ...options,
    rngs: name("rngs"),
  });

export const dense: NodePrinter<{ readonly units: number; readonly useBias: boolean }> = {
  construct: ({ params, inputs }) =>
    linear(inputs[0]!.shape, params.units, { use_bias: flag("use_bias", params.useBias, true) }),
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};
