import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Typed } from "../../graph/tensor.ts";
import {
  type Blur,
  type Dim,
  type DType,
  type InnerAxis,
  type IsDynamicRank,
  innerAxis,
  type Plus,
  plus,
  type SameDim,
  type Shape,
  type Show,
  type ShowDim,
  sameDim,
  show,
  unknownSize,
} from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { DoNotMix } from "../dtype.ts";

export const concat = defineNode({
  name: "concat",
  stem: "concat",
  doc: "Tensors one after another along an axis: its sizes add up, all others are the same.",
  ports: [
    { name: "x", dtype: "any", passes: true },
    { name: "others", dtype: "same", many: true, passes: true },
  ],
  parameters: z.strictObject({ axis: axis.default(-1) }),
  infer: ([x, ...others], params) => {
    let { shape } = x!;
    const at = innerAxis(shape, params.axis, "concat");
    if (typeof at === "string") return at;
    for (const other of others) {
      const joined = join(shape, other.shape, at);
      if (!joined) return `concat: every axis but ${at} must match: ${show(shape)} and ${show(other.shape)}`;
      shape = joined;
    }
    return { shape, dtype: x!.dtype };
  },
});

const join = (a: Shape, b: Shape, at: number): Shape | undefined => {
  if (a.length !== b.length || a.some((dim, i) => i !== at && !sameDim(dim, b[i]!))) return undefined;
  return a.map((dim, i) => (i === at ? plus(dim, b[i]!) : dim === unknownSize ? b[i]! : dim));
};

export interface Concat<Others extends readonly unknown[], Axis> extends Op {
  readonly is: ["concat", Others, readonly [Axis]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Mixed<D, Others, "concat"> extends infer Misfit
      ? Misfit[] extends never[]
        ? Outcome<Joined<S, Others, InnerAxis<S, Axis, "concat">>, D>
        : Misfit
      : never
    : never;
}
/** The sentence for the first tensor of another dtype, else `never`. */
export type Mixed<D extends DType, Others, Name extends string> = Others extends readonly [
  { readonly dtype: infer D2 extends DType },
  ...infer Rest,
]
  ? D extends D2
    ? Mixed<D, Rest, Name>
    : DoNotMix<Name, D, D2>
  : never;
type Joined<S extends Shape, Others, At> = At extends string
  ? At
  : number extends At
    ? Blur<S>
    : Others extends readonly [Typed<infer S2>, ...infer Rest]
      ? JoinDims<S, S2, At> extends infer Next extends Shape
        ? Next[] extends never[]
          ? `concat: every axis but ${ShowDim<At>} must match: ${Show<S>} and ${Show<S2>}`
          : Joined<Next, Rest, At>
        : never
      : Others extends readonly []
        ? S
        : Blur<S>;
type JoinDims<A extends Shape, B extends Shape, At, Out extends Shape = []> = A extends readonly [
  infer X extends Dim,
  ...infer ATail extends Shape,
]
  ? B extends readonly [infer Y extends Dim, ...infer BTail extends Shape]
    ? Out["length"] extends At
      ? JoinDims<ATail, BTail, At, [...Out, Plus<X, Y>]>
      : SameDim<X, Y> extends true
        ? JoinDims<ATail, BTail, At, [...Out, number extends X ? Y : X]>
        : never
    : OfAnyRank<B>
  : B extends readonly []
    ? Out
    : OfAnyRank<B>;
type OfAnyRank<S extends Shape> = IsDynamicRank<S> extends true ? Dim[] : never;

/** One tensor as a list of one. */
export type Listed<Others> = Others extends readonly unknown[] ? Others : [Others];

export interface ConcatOptions<Axis> {
  /** The batch axis is 0, which cannot be joined; negative from the end. @defaultValue -1 */
  readonly axis?: Axis;
}

export interface ConcatMethod {
  /**
   * This tensor and others, one after another along an axis.
   *
   * @param others one tensor or a list of them, all of one dtype and, but for that axis, of one shape
   * @example x.concat(skip) // [batch, 8, 8, 32] and [batch, 8, 8, 64] -> [batch, 8, 8, 96]
   */
  concat<Self, const Others extends AnyTensor | readonly AnyTensor[], const Axis extends number = -1>(
    this: Self,
    others: Fits<Self, Concat<Listed<Others>, Axis>, Others>,
    options?: ConcatOptions<Axis>,
  ): Then<Self, Concat<Listed<Others>, Axis>>;
}
