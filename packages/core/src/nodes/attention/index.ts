import type { NodeDefinition } from "../definition.ts";
import { type AttentionMethod, attention } from "./attention.ts";
import { type CrossAttentionMethod, crossAttention } from "./cross-attention.ts";
import { type LearnedPositionsMethod, learnedPositions } from "./learned-positions.ts";
import { type SinusoidalPositionsMethod, sinusoidalPositions } from "./sinusoidal-positions.ts";

export interface AttentionMethods
  extends AttentionMethod,
    CrossAttentionMethod,
    LearnedPositionsMethod,
    SinusoidalPositionsMethod {}

export const attentionNodes = {
  attention,
  crossAttention,
  learnedPositions,
  sinusoidalPositions,
} satisfies Record<keyof AttentionMethods, NodeDefinition>;

export type { Attention, AttentionMethod, AttentionOptions } from "./attention.ts";
export type { CrossAttention, CrossAttentionMethod, CrossAttentionOptions } from "./cross-attention.ts";
export type { HeadOptions } from "./heads.ts";
export type { LearnedPositions, LearnedPositionsMethod, LearnedPositionsOptions } from "./learned-positions.ts";
export type { SinusoidalPositions, SinusoidalPositionsMethod } from "./sinusoidal-positions.ts";
