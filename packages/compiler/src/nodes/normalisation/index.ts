import type { NormalisationMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { batchNorm } from "./batch-norm.ts";
import { groupNorm } from "./group-norm.ts";
import { layerNorm } from "./layer-norm.ts";
import { rmsNorm } from "./rms-norm.ts";

const leading = (printer: NodePrinter): NodePrinter => ({ ...printer, leads: true });

export const normalisationPrinters: Record<keyof NormalisationMethods, NodePrinter> = {
  batchNorm: leading(batchNorm),
  groupNorm: leading(groupNorm),
  layerNorm: leading(layerNorm),
  rmsNorm: leading(rmsNorm),
};
