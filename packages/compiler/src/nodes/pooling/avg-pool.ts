import { boolean, call, string } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface AvgPoolParams {
  readonly window: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: string;
}

/** Flax counts the padding among the values unless told otherwise. */
export const avgPool: NodePrinter<AvgPoolParams> = {
  call: ({ params: { window, stride, padding } }, [x]) =>
    call("nnx.avg_pool", x!, integers(window), {
      strides: integers(stride),
      ...(padding === "SAME" && { padding: string(padding), count_include_pad: boolean(false) }),
    }),
};
