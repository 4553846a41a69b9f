import type { NodePrinter } from "../printer.ts";
import { block } from "./block.ts";
import { input } from "./input.ts";

export const structurePrinters: Record<"block" | "input", NodePrinter> = { block, input };
