import { call, features, float, option } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const prelu: NodePrinter<{ readonly perChannel: boolean; readonly initial: number }> = {
  construct: ({ params: { perChannel, initial }, inputs }) =>
    call("ops.PReLU", ...(perChannel ? [features(inputs[0]!.shape.at(-1) as number)] : []), {
      initial: option("initial", float(initial), initial === 0.25),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
