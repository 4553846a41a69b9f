import type { ConvolutionMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { convolution } from "./convolution.ts";
import { depthwise } from "./depthwise.ts";
import { separable } from "./separable.ts";
import { transposed } from "./transposed.ts";

export const convolutionPrinters: Record<keyof ConvolutionMethods, NodePrinter> = {
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  convTranspose1d: transposed,
  convTranspose2d: transposed,
  convTranspose3d: transposed,
  depthwiseConv1d: depthwise,
  depthwiseConv2d: depthwise,
  separableConv1d: separable,
  separableConv2d: separable,
};
