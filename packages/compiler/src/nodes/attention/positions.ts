import { call, features, integer, name, option } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const sinusoidalPositions: NodePrinter = {
  call: (_, [x]) => call("ops.add_sinusoidal_positions", x!),
  wraps: true,
  nests: true,
};

export const learnedPositions: NodePrinter<{ readonly length: number }> = {
  construct: ({ params, inputs }) =>
    call("ops.LearnedPositions", option("length", integer(params.length)), features(inputs[0]!.shape[2] as number), {
      rngs: name("rngs"),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
