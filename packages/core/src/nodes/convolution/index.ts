import type { NodeDefinition } from "../definition.ts";
import { type ConvTranspose1dMethod, convTranspose1d } from "./conv-transpose1d.ts";
import { type ConvTranspose2dMethod, convTranspose2d } from "./conv-transpose2d.ts";
import { type ConvTranspose3dMethod, convTranspose3d } from "./conv-transpose3d.ts";
import { type Conv1dMethod, conv1d } from "./conv1d.ts";
import { type Conv2dMethod, conv2d } from "./conv2d.ts";
import { type Conv3dMethod, conv3d } from "./conv3d.ts";
import { type DepthwiseConv1dMethod, depthwiseConv1d } from "./depthwise-conv1d.ts";
import { type DepthwiseConv2dMethod, depthwiseConv2d } from "./depthwise-conv2d.ts";
import { type SeparableConv1dMethod, separableConv1d } from "./separable-conv1d.ts";
import { type SeparableConv2dMethod, separableConv2d } from "./separable-conv2d.ts";

export interface ConvolutionMethods
  extends Conv1dMethod,
    Conv2dMethod,
    Conv3dMethod,
    ConvTranspose1dMethod,
    ConvTranspose2dMethod,
    ConvTranspose3dMethod,
    DepthwiseConv1dMethod,
    DepthwiseConv2dMethod,
    SeparableConv1dMethod,
    SeparableConv2dMethod {}

export const convolutionNodes = {
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} satisfies Record<keyof ConvolutionMethods, NodeDefinition>;

export type { ConvTranspose1d, ConvTranspose1dMethod, ConvTranspose1dOptions } from "./conv-transpose1d.ts";
export type { ConvTranspose2d, ConvTranspose2dMethod, ConvTranspose2dOptions } from "./conv-transpose2d.ts";
export type { ConvTranspose3d, ConvTranspose3dMethod, ConvTranspose3dOptions } from "./conv-transpose3d.ts";
export type { Conv1d, Conv1dMethod, Conv1dOptions } from "./conv1d.ts";
export type { Conv2d, Conv2dMethod, Conv2dOptions } from "./conv2d.ts";
export type { Conv3d, Conv3dMethod, Conv3dOptions } from "./conv3d.ts";
export type { ConvolutionOptions, WindowOptions } from "./convolution.ts";
export type { DepthwiseOptions } from "./depthwise.ts";
export type { DepthwiseConv1d, DepthwiseConv1dMethod, DepthwiseConv1dOptions } from "./depthwise-conv1d.ts";
export type { DepthwiseConv2d, DepthwiseConv2dMethod, DepthwiseConv2dOptions } from "./depthwise-conv2d.ts";
export type { SeparableOptions } from "./separable.ts";
export type { SeparableConv1d, SeparableConv1dMethod, SeparableConv1dOptions } from "./separable-conv1d.ts";
export type { SeparableConv2d, SeparableConv2dMethod, SeparableConv2dOptions } from "./separable-conv2d.ts";
export type { TransposedOptions } from "./transposed.ts";
