import type { RegularisationMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { dropout } from "./dropout.ts";

export const regularisationPrinters: Record<keyof RegularisationMethods, NodePrinter> = { dropout };
