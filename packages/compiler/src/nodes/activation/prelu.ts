import { call, float, integer } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const prelu: NodePrinter<{ readonly perChannel: boolean; readonly initial: number }> = {
  construct: ({ params: { perChannel, initial }, inputs }) =>
    call("ops.PReLU", ...(perChannel ? [integer(inputs[0]!.shape.at(-1) as number)] : []), {
      initial: initial === 0.25 ? undefined : float(initial),
    }),
  call: ({ self }, [x]) => call(self, x!),
  wraps: true,
  nests: true,
};
