import { call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

const gated = (callee: string): NodePrinter => ({ call: (_, [x]) => call(callee, x!), wraps: true, nests: true });

export const glu = gated("nnx.glu");
/** Flax has neither. */
export const swiglu = gated("ops.swiglu");
export const geglu = gated("ops.geglu");
