import type { MathMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { arithmetic } from "./arithmetic.ts";
import { products, unary, where } from "./functions.ts";

export const mathPrinters: Record<keyof MathMethods, NodePrinter> = { ...arithmetic, ...products, ...unary, where };
