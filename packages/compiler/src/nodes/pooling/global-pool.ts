import { integer, method } from "../../python/tree.ts";
import { integers } from "../numbers.ts";
import type { NodePrinter } from "../printer.ts";

/** `x.mean((1, 2))`: over every axis between batch and channels. */
const overPositions = (reduction: string): NodePrinter => ({
  call: ({ inputs }, [x]) => {
    const axes = Array.from({ length: inputs[0]!.shape.length - 2 }, (_, axis) => axis + 1);
    return method(x!, reduction, axes.length === 1 ? integer(axes[0]!) : integers(axes));
  },
  nests: true,
});

export const globalAvgPool = overPositions("mean");
export const globalMaxPool = overPositions("max");
