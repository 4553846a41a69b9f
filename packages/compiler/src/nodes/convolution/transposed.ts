import { call, features, name, option } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";
import { type WindowParams, windowOptions } from "./convolution.ts";

/** `ops.ConvTranspose(64, 32, (2, 2), strides=2, rngs=rngs)`, over any number of axes. */
export const transposed: NodePrinter<WindowParams & { readonly filters: number }> = {
  construct: ({ params, inputs }) =>
    call(
      "ops.ConvTranspose",
      features(inputs[0]!.shape.at(-1) as number),
      features(params.filters),
      option("kernel_size", integers(params.kernel)),
      { ...windowOptions(params), rngs: name("rngs") },
    ),
  call: ({ self }, [x]) => call(self, x!),
  nests: true,
};
