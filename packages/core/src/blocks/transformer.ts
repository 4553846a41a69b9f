import { graph } from "../graph/index.ts";
import type { Apply, Op } from "../graph/op.ts";
import type { AnyTensor, Block } from "../graph/tensor.ts";
import { type ActivationName, activations } from "./activations.ts";
import { dropout, dropPath } from "./drop.ts";

type Mask = AnyTensor | undefined;

interface TransformerOptions<Features, Heads, M, Name> {
  /** Width of the sequence that goes through: its last axis. */
  readonly features: Features;
  /** Heads of attention; they divide the features. */
  readonly heads: Heads;
  /** Width inside the feed-forward part, as a multiple of the features. @defaultValue 4 */
  readonly mlpRatio?: number;
  /** Of the feed-forward part. @defaultValue "gelu" */
  readonly activation?: ActivationName;
  /** Share dropped at the end of each part while training; 0 prints none. @defaultValue 0.1, as Vaswani et al. 2017 */
  readonly dropout?: number;
  /** Share of examples that skip a part while training (stochastic depth); 0 prints none. @defaultValue 0 */
  readonly dropPath?: number;
  /** Before each part, as in GPT-2 and ViT; or after each sum, as in the original. @defaultValue "pre" */
  readonly norm?: "pre" | "post";
  /** Whole numbers `[batch, time]`, 0 where a position is padding, which nobody sees. */
  readonly mask?: M;
  /** Of the class. */
  readonly name?: Name;
}

export interface TransformerEncoderOptions<Features, Heads, M, Name>
  extends TransformerOptions<Features, Heads, M, Name> {
  /** Whether a position sees only itself and those before it: a GPT. @defaultValue false */
  readonly causal?: boolean;
  /** Rotary positions in attention, in place of added ones. @defaultValue false */
  readonly rope?: boolean;
}

export interface TransformerDecoderOptions<Features, Heads, M, C, Name>
  extends TransformerOptions<Features, Heads, M, Name> {
  /** The mask of the context. */
  readonly contextMask?: C;
}

type Around = Pick<TransformerOptions<number, number, Mask, string>, "dropout" | "dropPath" | "norm">;

const normIf = (wanted: boolean) => graph.pipe(wanted ? graph.layerNorm() : graph.identity());

/** x + part(x): dropped at its end, normalised before it or after the sum. */
const sublayer = <const Part extends Block>(
  part: Part,
  { dropout: rate = 0.1, dropPath: pathRate = 0, norm = "pre" }: Around,
) =>
  graph
    .residual(
      normIf(norm === "pre")
        .pipe(part)
        .pipe(dropout(rate))
        .pipe(dropPath(pathRate)),
    )
    .pipe(normIf(norm === "post"));

const feedForward = <Features extends number>(
  features: Features,
  {
    mlpRatio = 4,
    activation = "gelu",
  }: Pick<TransformerOptions<number, number, Mask, string>, "mlpRatio" | "activation">,
) =>
  graph
    .dense(Math.round(features * mlpRatio))
    .pipe(activations[activation])
    .dense(features);

const encoder = <
  const Features extends number,
  const Heads extends number,
  const M extends Mask,
  const Name extends string,
>(
  options: TransformerEncoderOptions<Features, Heads, M, Name>,
) => {
  const { features, heads, causal = false, rope = false, mask, name = "encoderLayer" as Name } = options;
  const attention = graph.attention({ heads, causal, rope, mask: mask as M });
  return graph.block(name, sublayer(attention, options).pipe(sublayer(feedForward(features, options), options)), {
    numbered: true,
  });
};

/** The encoder's rule under a name of its own: an editor shows this, not all that is inside. */
export interface TransformerEncoder<
  Features extends number,
  Heads extends number,
  M extends Mask = undefined,
  Name extends string = "encoderLayer",
> extends Op {
  readonly is: ["transformerEncoder", Features, Heads, M, Name];
  readonly out: Apply<ReturnType<typeof encoder<Features, Heads, M, Name>>["ops"][0], this["in"]>;
}

/**
 * A layer of a transformer's encoder, or of a GPT: self-attention, then a feed-forward part, each around a residual.
 *
 * Repeat it for a whole encoder. With `norm: "pre"` put a `layerNorm()` behind the last one.
 *
 * @example
 * x.repeat(6, blocks.transformerEncoder({ features: 64, heads: 4, causal: true })).layerNorm()
 * // [batch, 128, 64] as before
 */
export const transformerEncoder = <
  const Features extends number,
  const Heads extends number,
  const M extends Mask = undefined,
  const Name extends string = "encoderLayer",
>(
  options: TransformerEncoderOptions<Features, Heads, M, Name>,
) => encoder(options) as unknown as Block<[TransformerEncoder<Features, Heads, M, Name>]>;

const decoder = <
  const Context extends AnyTensor,
  const Features extends number,
  const Heads extends number,
  const M extends Mask,
  const C extends Mask,
  const Name extends string,
>(
  context: Context,
  options: TransformerDecoderOptions<Features, Heads, M, C, Name>,
) => {
  const { features, heads, mask, contextMask, name = "decoderLayer" as Name } = options;
  const attention = graph.attention({ heads, causal: true, mask: mask as M });
  const cross = graph.crossAttention(context, { heads, mask: contextMask as C });
  return graph.block(
    name,
    sublayer(attention, options)
      .pipe(sublayer(cross, options))
      .pipe(sublayer(feedForward(features, options), options)),
    { numbered: true },
  );
};

/** The decoder's rule under a name of its own. */
export interface TransformerDecoder<
  Context extends AnyTensor,
  Features extends number,
  Heads extends number,
  M extends Mask = undefined,
  C extends Mask = undefined,
  Name extends string = "decoderLayer",
> extends Op {
  readonly is: ["transformerDecoder", Context, Features, Heads, M, C, Name];
  readonly out: Apply<ReturnType<typeof decoder<Context, Features, Heads, M, C, Name>>["ops"][0], this["in"]>;
}

/**
 * A layer of a transformer's decoder: causal self-attention, attention to a context, then a feed-forward part.
 *
 * @param context `[batch, length, features]`, such as what an encoder gives; handed to every repetition
 * @example
 * y.repeat(6, blocks.transformerDecoder(encoded, { features: 64, heads: 4 })).layerNorm()
 * // [batch, 20, 64] as before, encoded: [batch, 30, 64]
 */
export const transformerDecoder = <
  const Context extends AnyTensor,
  const Features extends number,
  const Heads extends number,
  const M extends Mask = undefined,
  const C extends Mask = undefined,
  const Name extends string = "decoderLayer",
>(
  context: Context,
  options: TransformerDecoderOptions<Features, Heads, M, C, Name>,
) => decoder(context, options) as unknown as Block<[TransformerDecoder<Context, Features, Heads, M, C, Name>]>;
