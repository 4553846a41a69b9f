import type { ShapeMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { flatten } from "./flatten.ts";
import { concat, expandDims, gather, oneHot, pad, repeatVector, slice, squeeze, stack, transpose } from "./layout.ts";
import { reshape } from "./reshape.ts";

export const shapePrinters: Record<keyof ShapeMethods, NodePrinter> = {
  concat,
  expandDims,
  flatten,
  gather,
  oneHot,
  pad,
  repeatVector,
  reshape,
  slice,
  squeeze,
  stack,
  transpose,
};
