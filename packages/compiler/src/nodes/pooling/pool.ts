import { call, string } from "../../python/tree.ts";
import { oneOrAll } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

type Sizes = number | readonly number[];

interface PoolParams {
  readonly window: Sizes;
  readonly stride: Sizes;
  readonly padding: string;
}

/** `ops.max_pool(x, 2)`, `ops.avg_pool(x, (3, 2), stride=1, padding="SAME")` */
const pool = (function_: string): NodePrinter<PoolParams> => ({
  call: ({ params: { window, stride, padding }, inputs }, [x]) => {
    const each = (sizes: Sizes): readonly number[] =>
      typeof sizes === "number" ? inputs[0]!.shape.slice(2).map(() => sizes) : sizes;
    const [size, steps] = [each(window), each(stride)];
    return call(function_, x!, oneOrAll(size), {
      stride: steps.every((step, axis) => step === size[axis]) ? undefined : oneOrAll(steps),
      padding: padding === "VALID" ? undefined : string(padding),
    });
  },
});

export const avgPool = pool("ops.avg_pool");
export const maxPool = pool("ops.max_pool");
export const minPool = pool("ops.min_pool");
