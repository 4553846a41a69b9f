import { type Apply, type Block, graph, type NamedBlock, type Op } from "../graph/index.ts";
import type { Pipe, Residual } from "../nodes/index.ts";
import type { ActivationName } from "./activations.ts";
import { activations } from "./activations.ts";
import { convNorm } from "./conv-norm.ts";

export interface SqueezeExciteOptions<Features> {
  /** Channels of what goes through. */
  readonly features: Features;
  /** Channels in between. @defaultValue features / 4, at least 1 */
  readonly squeezed?: number;
}

const gate = <const Features extends number>({
  features,
  squeezed = Math.max(1, Math.round(features / 4)),
}: SqueezeExciteOptions<Features>) =>
  graph.parallel(
    [
      graph.identity(),
      graph
        .mean([1, 2], { keepDims: true })
        .conv2d(squeezed, { kernel: 1 })
        .relu()
        .conv2d(features, { kernel: 1 })
        .sigmoid(),
    ],
    "multiply",
  );

/**
 * Scales every channel by a factor that is computed from the means of all (Hu et al. 2018, "Squeeze-and-Excitation").
 *
 * @example x.pipe(blocks.squeezeExcite({ features: 64 })) // [batch, 14, 14, 64] as before
 */
export const squeezeExcite = <const Features extends number, const Name extends string = "squeezeExcite">({
  name = "squeezeExcite" as Name,
  ...options
}: SqueezeExciteOptions<Features> & {
  /** Of the class. @defaultValue "squeezeExcite" */
  readonly name?: Name;
}) => graph.block(name, gate(options), { numbered: true });

export interface InvertedResidualOptions<Channels, Filters, Stride, Name> {
  /** Of what comes in. */
  readonly channels: Channels;
  /** Channels of what comes out. */
  readonly filters: Filters;
  /** How many times as many channels there are in between. @defaultValue 6 */
  readonly expansion?: number;
  /** Of the depthwise convolution. @defaultValue 1 */
  readonly stride?: Stride;
  /** @defaultValue "relu6" */
  readonly activation?: ActivationName;
  /** Whether every channel is scaled by a factor (squeeze and excitation, MobileNetV3). @defaultValue false */
  readonly squeezeExcite?: boolean;
  /** Of the class. @defaultValue "invertedResidual" */
  readonly name?: Name;
}

type Keeps<Channels, Filters, Stride> = [Stride, Channels] extends [1, Filters] ? true : false;

type Ops<B> = B extends Block<infer Rules> ? Rules : never;
type Around<Inner extends readonly Op[], Added> = Added extends true ? Residual<Inner> : Pipe<Inner>;

const inverted = <
  const Channels extends number,
  const Filters extends number,
  const Stride extends number,
  const Name extends string,
>({
  channels,
  filters,
  expansion = 6,
  stride = 1 as Stride,
  activation = "relu6",
  squeezeExcite: gated = false,
  name = "invertedResidual" as Name,
}: InvertedResidualOptions<Channels, Filters, Stride, Name>) => {
  const features = Math.round(channels * expansion);
  const act = activations[activation];
  const widened = expansion === 1 ? graph.identity() : convNorm(features, 1, 1).pipe(act);
  const body = graph
    .pipe(widened)
    .depthwiseConv2d({ kernel: 3, stride, useBias: false })
    .batchNorm()
    .pipe(act)
    .pipe(gated ? gate({ features }) : graph.identity())
    .pipe(convNorm(filters, 1, 1));
  const keeps = (stride as number) === 1 && (channels as number) === filters;
  const whole = graph.block(name, keeps ? graph.residual(body) : graph.pipe(body), { numbered: true });
  return whole as unknown as Block<[NamedBlock<Name, [Around<Ops<typeof body>, Keeps<Channels, Filters, Stride>>]>]>;
};

/** The block's rule under a name of its own: an editor shows this, not all that is inside. */
export interface InvertedResidual<
  Channels extends number,
  Filters extends number,
  Stride extends number = 1,
  Name extends string = "invertedResidual",
> extends Op {
  readonly is: ["invertedResidual", Channels, Filters, Stride, Name];
  readonly out: Apply<ReturnType<typeof inverted<Channels, Filters, Stride, Name>>["ops"][0], this["in"]>;
}

/**
 * The block of MobileNetV2 (Sandler et al. 2018): a 1x1 convolution to more channels, a 3x3 one of each channel by itself,
 * a 1x1 one back. What came in is added where the shape is the same: stride 1 and as many filters as channels.
 *
 * @example
 * x.pipe(blocks.invertedResidual({ channels: 16, filters: 24, stride: 2 })) // [batch, 56, 56, 16] -> [batch, 28, 28, 24]
 */
export const invertedResidual = <
  const Channels extends number,
  const Filters extends number,
  const Stride extends number = 1,
  const Name extends string = "invertedResidual",
>(
  options: InvertedResidualOptions<Channels, Filters, Stride, Name>,
) => inverted(options) as unknown as Block<[InvertedResidual<Channels, Filters, Stride, Name>]>;
