import type { NodeDefinition } from "../definition.ts";
import { type PixelShuffleMethods, pixelShuffle, spaceToDepth } from "./pixel-shuffle.ts";
import { type UpsampleMethod, upsample } from "./upsample.ts";

export interface ResamplingMethods extends PixelShuffleMethods, UpsampleMethod {}

export const resamplingNodes = { pixelShuffle, spaceToDepth, upsample } satisfies Record<
  keyof ResamplingMethods,
  NodeDefinition
>;

export type { PixelShuffle, PixelShuffleMethods, SpaceToDepth } from "./pixel-shuffle.ts";
export type { Factor, Upsample, UpsampleMethod, UpsampleOptions } from "./upsample.ts";
