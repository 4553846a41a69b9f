import type { ResamplingMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { pixelShuffle, spaceToDepth, upsample } from "./resampling.ts";

export const resamplingPrinters: Record<keyof ResamplingMethods, NodePrinter> = {
  pixelShuffle,
  spaceToDepth,
  upsample,
};
