import type { NodeDefinition } from "../definition.ts";
import { type BatchNormMethod, batchNorm } from "./batch-norm.ts";
import { type GroupNormMethod, groupNorm } from "./group-norm.ts";
import { type LayerNormMethod, layerNorm } from "./layer-norm.ts";
import { type RmsNormMethod, rmsNorm } from "./rms-norm.ts";

export interface NormalisationMethods extends BatchNormMethod, GroupNormMethod, LayerNormMethod, RmsNormMethod {}

export const normalisationNodes = { batchNorm, groupNorm, layerNorm, rmsNorm } satisfies Record<
  keyof NormalisationMethods,
  NodeDefinition
>;

export type { BatchNorm, BatchNormMethod, BatchNormOptions } from "./batch-norm.ts";
export type { GroupNorm, GroupNormMethod, GroupNormOptions } from "./group-norm.ts";
export type { LayerNorm, LayerNormMethod, LayerNormOptions } from "./layer-norm.ts";
export type { RmsNorm, RmsNormMethod, RmsNormOptions } from "./rms-norm.ts";
