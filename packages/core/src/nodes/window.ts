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

/** Windows that slide over height and width: convolution and pooling. */
export type Padding = "SAME" | "VALID";
/** One number, or one for height and one for width. */
export type Sizes = number | readonly [number, number];

/** A window in types; each field is one number or a pair. */
export interface Window<Kernel, Stride, Pad, Dilation = 1> {
  readonly kernel: Kernel;
  readonly stride: Stride;
  readonly padding: Pad;
  readonly dilation: Dilation;
}
export type AnyWindow = Window<any, any, any, any>;

/** A window at run time. */
export interface WindowParams {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: Padding;
  readonly dilation: readonly [number, number];
}

/** The window with its gaps: (kernel - 1) * dilation + 1. */
type Reach<Kernel, Dilation> = Dilation extends 1 ? Kernel : Plus<Times<Minus<Kernel, 1>, Dilation>, 1>;
const reach = (kernel: Dim, dilation: Dim): Dim => plus(times(minus(kernel, 1), dilation), 1);

/**
 * ceil(size / stride) for SAME, floor((size - reach) / stride) + 1 for VALID; `never` when the window does not fit.
 *
 * Padding is looked at first: a condition on a size would leave type parameters unresolved.
 */
type SlideDim<Size, R, Stride, Pad> = Pad extends "VALID"
  ? LessThan<Size, R> extends true
    ? never
    : Stride extends 1
      ? Plus<Minus<Size, R>, 1>
      : Plus<Quotient<Minus<Size, R>, Stride>, 1>
  : Stride extends 1
    ? Size
    : Quotient<Plus<Size, Minus<Stride, 1>>, Stride>;
const slideDim = (size: Dim, window: Dim, stride: Dim, padding: Padding): Dim | undefined => {
  if (padding === "VALID") return lessThan(size, window) ? undefined : plus(quotient(minus(size, window), stride), 1);
  return stride === 1 ? size : quotient(plus(size, minus(stride, 1)), stride);
};

type Nth<Given, Axis extends number> = Given extends readonly unknown[] ? Given[Axis] : Given;
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
          W["padding"]
        >,
      ]
    >
  : Out;
/** Only a VALID window can fail to fit. */
type DoesNotFit<Dims, W extends AnyWindow> = W["padding"] extends "VALID" ? HasNever<Dims> : false;
type HasNever<Dims> = Dims extends readonly [infer D, ...infer Rest]
  ? D[] extends never[]
    ? true
    : HasNever<Rest>
  : false;

type ShowWindow<Kernel> = Kernel extends readonly [infer H, infer W]
  ? `${ShowDim<H>}x${ShowDim<W>}`
  : `${ShowDim<Kernel>}x${ShowDim<Kernel>}`;

/** The sentence when an operation over images gets something else, else `never`. */
export type ImageMisfit<S extends Shape, Name extends string> =
  IsDynamicRank<S> extends true
    ? never
    : S["length"] extends 4
      ? never
      : `${Name} needs [batch, height, width, channels], but its input is ${Show<S>}`;
export const imageMisfit = (shape: Shape, name: string): string | undefined =>
  shape.length === 4 ? undefined : `${name} needs [batch, height, width, channels], but its input is ${show(shape)}`;

/** What comes out when the window went over height and width, or one sentence. */
export type Slide<S extends Shape, W extends AnyWindow, C extends Dim, Name extends string> =
  IsDynamicRank<S> extends true
    ? Tensor<Dim[]>
    : S extends readonly [infer Batch extends Dim, ...infer Middle extends Shape, infer _]
      ? SlideDims<Middle, W> extends infer Out extends Shape
        ? DoesNotFit<Out, W> extends true
          ? `${Name}: a ${ShowWindow<W["kernel"]>} VALID window does not fit into ${Show<S>}`
          : Tensor<[Batch, ...Out, C]>
        : never
      : Tensor<Dim[]>;
export const slide = (shape: Shape, window: WindowParams, channels: Dim, name: string): Shape | string => {
  const [batch, height, width] = shape as readonly [Dim, Dim, Dim];
  const { kernel, stride, padding, dilation } = window;
  const out = [height, width].map((size, axis) =>
    slideDim(size, reach(kernel[axis]!, dilation[axis]!), stride[axis]!, padding),
  );
  if (out.includes(undefined)) return `${name}: a ${kernel.join("x")} VALID window does not fit into ${show(shape)}`;
  return [batch, ...(out as Dim[]), channels];
};
