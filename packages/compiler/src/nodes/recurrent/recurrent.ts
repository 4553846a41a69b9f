import { boolean, call, features, name } from "../../python/tree.ts";
import { flag } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface RecurrentParams {
  readonly units: number;
  readonly returnSequences: boolean;
  readonly direction: "forward" | "reverse" | "bidirectional";
}

/** `ops.LSTM(8, 64, rngs=rngs)`; two of them in `ops.Bidirectional` where both ways are read. */
export const recurrent = (className: string): NodePrinter<RecurrentParams> => ({
  construct: ({ params: { units, returnSequences, direction }, inputs }) => {
    const oneWay = (reverse: boolean) =>
      call(className, features(inputs[0]!.shape[2] as number), features(units), {
        return_sequences: flag("return_sequences", returnSequences, false),
        reverse: reverse ? boolean(true) : undefined,
        rngs: name("rngs"),
      });
    if (direction !== "bidirectional") return oneWay(direction === "reverse");
    return call("ops.Bidirectional", oneWay(false), oneWay(true));
  },
  call: ({ self }, [x, mask]) => call(self, x!, { mask }),
  nests: true,
});
