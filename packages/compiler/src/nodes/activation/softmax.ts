import { call } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

const alongLast = (callee: string): NodePrinter => ({ call: (_, [x]) => call(callee, x!), wraps: true, nests: true });

/** Both work along the last axis unless told otherwise. */
export const softmax = alongLast("nnx.softmax");
export const logSoftmax = alongLast("nnx.log_softmax");
