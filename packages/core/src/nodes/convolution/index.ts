import type { NodeDefinition } from "../definition.ts";
import { type Conv2dMethod, conv2d } from "./conv2d.ts";

export interface ConvolutionMethods extends Conv2dMethod {}

export const convolutionNodes = { conv2d } satisfies Record<keyof ConvolutionMethods, NodeDefinition>;

export type { Conv2d, Conv2dMethod, Conv2dOptions } from "./conv2d.ts";
