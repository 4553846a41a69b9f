import type { MathMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { add } from "./add.ts";

export const mathPrinters: Record<keyof MathMethods, NodePrinter> = { add };
