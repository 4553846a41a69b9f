import type { ShapeMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { flatten } from "./flatten.ts";

export const shapePrinters: Record<keyof ShapeMethods, NodePrinter> = { flatten };
