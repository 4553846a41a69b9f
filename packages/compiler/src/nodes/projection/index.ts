import type { ProjectionMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { dense } from "./dense.ts";
import { embedding } from "./embedding.ts";

export const projectionPrinters: Record<keyof ProjectionMethods, NodePrinter> = { dense, embedding };
