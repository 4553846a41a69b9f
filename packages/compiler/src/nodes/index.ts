import type { NodeType } from "@flaxen/core";
import { activationPrinters } from "./activation/index.ts";
import { convolutionPrinters } from "./convolution/index.ts";
import { mathPrinters } from "./math/index.ts";
import { normalisationPrinters } from "./normalisation/index.ts";
import { poolingPrinters } from "./pooling/index.ts";
import type { NodePrinter } from "./printer.ts";
import { projectionPrinters } from "./projection/index.ts";
import { regularisationPrinters } from "./regularisation/index.ts";
import { shapePrinters } from "./shape/index.ts";
import { structurePrinters } from "./structure/index.ts";

/** How every node of the catalogue prints. */
const printers = {
  ...activationPrinters,
  ...convolutionPrinters,
  ...mathPrinters,
  ...normalisationPrinters,
  ...poolingPrinters,
  ...projectionPrinters,
  ...regularisationPrinters,
  ...shapePrinters,
  ...structurePrinters,
} satisfies Record<NodeType, NodePrinter>;

export const nodePrinter = (type: string): NodePrinter => printers[type as NodeType];
