import type { Tensor } from "../graph/tensor.ts";
import {
  type Dim,
  type IsDynamicRank,
  type LessThan,
  lessThan,
  type Minus,
  minus,
  type Plus,
  plus,
  type Quotient,
  quotient,
  type Shape,
  type Show,
  type ShowDim,
  show,
  type Times,
  times,
} from "../shapes/index.ts";

/** Windows that slide over the axes between batch and channels: convolution and pooling. */
export type Padding = "SAME" | "VALID";
/** Cells of zeros before and after an axis; one number for both. */
export type Sides = number | readonly [before: number, after: number];

/** One value for each axis between batch and channels, by the rank of the tensor. */
interface PerAxis<T> {
  readonly 3: readonly [time: T];
  readonly 4: readonly [height: T, width: T];
  readonly 5: readonly [depth: T, height: T, width: T];
}
/** Ranks of sequences, images and volumes. */
export type Rank = 3 | 4 | 5;
/** One number, or one for each axis between batch and channels. */
export type Sizes<R extends Rank = 4> = number | PerAxis<number>[R];
/** "SAME", "VALID", or how many cells of zeros stand around each axis. */
export type Paddings<R extends Rank = 4> = Padding | number | PerAxis<Sides>[R];

/** A window in types; each field is one number or one for each axis. */
export interface Window<Kernel, Stride, Pad, Dilation = 1> {
  readonly kernel: Kernel;
  readonly stride: Stride;
  readonly padding: Pad;
  readonly dilation: Dilation;
}
export type AnyWindow = Window<any, any, any, any>;

export type PaddingParams = Padding | "CAUSAL" | readonly (readonly [number, number])[];

/** A window at run time. */
export interface WindowParams {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: PaddingParams;
  readonly dilation: readonly number[];
}

/** The window with its gaps: (kernel - 1) * dilation + 1. */
export type Reach<Kernel, Dilation> = Dilation extends 1 ? Kernel : Plus<Times<Minus<Kernel, 1>, Dilation>, 1>;
export const reach = (kernel: Dim, dilation: Dim): Dim => plus(times(minus(kernel, 1), dilation), 1);

/**
 * ceil(size / stride) for SAME and CAUSAL, floor((size - reach) / stride) + 1 for VALID and for the padded size; `never`
 * when the window does not fit.
 *
 * Padding is looked at first: a condition on a size would leave type parameters unresolved.
 */
type SlideDim<Size, R, Stride, Pad, Axis extends number> = Pad extends "VALID"
  ? LessThan<Size, R> extends true
    ? never
    : Stride extends 1
      ? Plus<Minus<Size, R>, 1>
      : Plus<Quotient<Minus<Size, R>, Stride>, 1>
  : Pad extends string
    ? Stride extends 1
      ? Size
      : Quotient<Plus<Size, Minus<Stride, 1>>, Stride>
    : SlideDim<Plus<Size, Around<Nth<Pad, Axis>>>, R, Stride, "VALID", Axis>;
type Around<Pad> = Pad extends readonly [infer Before, infer After] ? Plus<Before, After> : Plus<Pad, Pad>;
const slideDim = (size: Dim, window: Dim, stride: Dim, pads: Padding | "CAUSAL" | number): Dim | undefined => {
  if (pads === "SAME" || pads === "CAUSAL") return stride === 1 ? size : quotient(plus(size, minus(stride, 1)), stride);
  const padded = pads === "VALID" ? size : plus(size, pads);
  return lessThan(padded, window) ? undefined : plus(quotient(minus(padded, window), stride), 1);
};

export type Nth<Given, Axis extends number> = Given extends readonly unknown[] ? Given[Axis] : Given;
type SlideDims<Dims extends Shape, W extends AnyWindow, Out extends readonly unknown[] = []> = Dims extends readonly [
  infer Size,
  ...infer Rest extends Shape,
]
  ? SlideDims<
      Rest,
      W,
      [
        ...Out,
        SlideDim<
          Size,
          Reach<Nth<W["kernel"], Out["length"]>, Nth<W["dilation"], Out["length"]>>,
          Nth<W["stride"], Out["length"]>,
          W["padding"],
          Out["length"]
        >,
      ]
    >
  : Out;
/** A window always fits where padding follows the size. */
type DoesNotFit<Dims, W extends AnyWindow> = W["padding"] extends "SAME" | "CAUSAL" ? false : HasNever<Dims>;
type HasNever<Dims> = Dims extends readonly [infer D, ...infer Rest]
  ? D[] extends never[]
    ? true
    : HasNever<Rest>
  : false;

/** The sentence when a window does not fit. */
type TooLarge<S extends Shape, W extends AnyWindow, Name extends string> = W["padding"] extends string
  ? `${Name}: a ${ShowWindow<W["kernel"], S>} VALID window does not fit into ${Show<S>}`
  : `${Name}: a ${ShowWindow<W["kernel"], S>} window does not fit into the padded ${Show<S>}`;
type ShowWindow<Kernel, S extends Shape> = Kernel extends readonly [infer K]
  ? `${ShowDim<K>}-wide`
  : Kernel extends readonly [infer H, infer W]
    ? `${ShowDim<H>}x${ShowDim<W>}`
    : Kernel extends readonly [infer D, infer H, infer W]
      ? `${ShowDim<D>}x${ShowDim<H>}x${ShowDim<W>}`
      : ShowWindow<PerAxis<Kernel>[S["length"] & Rank], S>;
const tooLarge = (shape: Shape, { kernel, padding }: WindowParams, name: string): string => {
  const window = kernel.length === 1 ? `${kernel[0]}-wide` : kernel.join("x");
  return typeof padding === "string"
    ? `${name}: a ${window} VALID window does not fit into ${show(shape)}`
    : `${name}: a ${window} window does not fit into the padded ${show(shape)}`;
};

interface Layouts {
  readonly 3: "[batch, time, channels]";
  readonly 4: "[batch, height, width, channels]";
  readonly 5: "[batch, depth, height, width, channels]";
}
const layouts: Layouts = {
  3: "[batch, time, channels]",
  4: "[batch, height, width, channels]",
  5: "[batch, depth, height, width, channels]",
};

/** The sentence when an operation over sequences, images or volumes gets something else, else `never`. */
export type RankMisfit<S extends Shape, R extends Rank, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends R
      ? never
      : `${Name} needs ${Layouts[R]}, but its input is ${Show<S>}`;
export const rankMisfit = (shape: Shape, rank: Rank, name: string): string | undefined =>
  shape.length === rank ? undefined : `${name} needs ${layouts[rank]}, but its input is ${show(shape)}`;

/** What comes out when the window went over the axes between batch and channels, or one sentence. */
export type Slide<S extends Shape, W extends AnyWindow, C extends Dim, Name extends string> =
  IsDynamicRank<S> extends true
    ? Tensor<Dim[]>
    : S extends readonly [infer Batch extends Dim, ...infer Middle extends Shape, infer _]
      ? SlideDims<Middle, W> extends infer Out extends Shape
        ? DoesNotFit<Out, W> extends true
          ? TooLarge<S, W, Name>
          : Tensor<[Batch, ...Out, C]>
        : never
      : Tensor<Dim[]>;
export const slide = (shape: Shape, window: WindowParams, channels: Dim, name: string): Shape | string => {
  const { kernel, stride, padding, dilation } = window;
  const padsOf = (axis: number) => (typeof padding === "string" ? padding : padding[axis]![0] + padding[axis]![1]);
  const out = shape
    .slice(1, -1)
    .map((size, axis) => slideDim(size, reach(kernel[axis]!, dilation[axis]!), stride[axis]!, padsOf(axis)));
  if (out.includes(undefined)) return tooLarge(shape, window, name);
  return [shape[0]!, ...(out as Dim[]), channels];
};
