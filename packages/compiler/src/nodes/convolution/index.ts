import type { ConvolutionMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { conv2d } from "./conv2d.ts";

export const convolutionPrinters: Record<keyof ConvolutionMethods, NodePrinter> = { conv2d };
