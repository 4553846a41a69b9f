import { convNormRelu } from "./conv-norm.ts";
import { invertedResidual, squeezeExcite } from "./inverted-residual.ts";
import { mlp } from "./mlp.ts";
import { patchEmbed } from "./patch-embed.ts";
import { basicBlock, bottleneck } from "./resnet.ts";
import { transformerDecoder, transformerEncoder } from "./transformer.ts";

/** Blocks that papers made known, written with the same methods as any other; each prints as one class. */
export const blocks = {
  basicBlock,
  bottleneck,
  convNormRelu,
  invertedResidual,
  mlp,
  patchEmbed,
  squeezeExcite,
  transformerDecoder,
  transformerEncoder,
} as const;

export type { ActivationName } from "./activations.ts";
export type { ConvNormReluOptions } from "./conv-norm.ts";
export type { InvertedResidualOptions, SqueezeExciteOptions } from "./inverted-residual.ts";
export type { MlpOptions } from "./mlp.ts";
export type { PatchEmbedOptions } from "./patch-embed.ts";
export type { BasicBlockOptions, BottleneckOptions } from "./resnet.ts";
export type { TransformerDecoderOptions, TransformerEncoderOptions } from "./transformer.ts";
