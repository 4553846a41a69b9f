import type { AttentionMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { attention, crossAttention } from "./attention.ts";
import { learnedPositions, sinusoidalPositions } from "./positions.ts";

export const attentionPrinters: Record<keyof AttentionMethods, NodePrinter> = {
  attention,
  crossAttention,
  learnedPositions,
  sinusoidalPositions,
};
