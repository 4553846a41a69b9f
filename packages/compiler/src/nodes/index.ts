import type { NodeType } from "@flaxen/core";
import { activationPrinters } from "./activation/index.ts";
import { attentionPrinters } from "./attention/index.ts";
import { convolutionPrinters } from "./convolution/index.ts";
import { mathPrinters } from "./math/index.ts";
import { normalisationPrinters } from "./normalisation/index.ts";
import { poolingPrinters } from "./pooling/index.ts";
import type { NodePrinter } from "./printer.ts";
import { projectionPrinters } from "./projection/index.ts";
import { recurrentPrinters } from "./recurrent/index.ts";
import { reductionPrinters } from "./reduction/index.ts";
import { regularisationPrinters } from "./regularisation/index.ts";
import { resamplingPrinters } from "./resampling/index.ts";
import { shapePrinters } from "./shape/index.ts";
import { structurePrinters } from "./structure/index.ts";

/** How every node of the catalogue prints. */
const printers = {
  ...activationPrinters,
  ...attentionPrinters,
  ...convolutionPrinters,
  ...mathPrinters,
  ...normalisationPrinters,
  ...poolingPrinters,
  ...projectionPrinters,
  ...recurrentPrinters,
  ...reductionPrinters,
  ...regularisationPrinters,
  ...resamplingPrinters,
  ...shapePrinters,
  ...structurePrinters,
} satisfies Record<NodeType, NodePrinter>;

export const nodePrinter = (type: string): NodePrinter => printers[type as NodeType];
