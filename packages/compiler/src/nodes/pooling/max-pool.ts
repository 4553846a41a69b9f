import { call, string } from "../../python/tree.ts";
import { oneOrAll } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

interface MaxPoolParams {
  readonly window: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: string;
}

export const maxPool: NodePrinter<MaxPoolParams> = {
  call: ({ params: { window, stride, padding } }, [x]) =>
    call("ops.max_pool", x!, oneOrAll(window), {
      stride: stride.every((step, axis) => step === window[axis]) ? undefined : oneOrAll(stride),
      padding: padding === "VALID" ? undefined : string(padding),
    }),
};
