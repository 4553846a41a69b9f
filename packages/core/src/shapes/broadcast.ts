import { type Dim, type IsDynamicRank, type SameDim, type Shape, sameDim, unknownSize } from "./shape.ts";

/** One axis of NumPy's rule; `never` when the two sizes cannot meet. A name stretches only against 1. */
type BroadcastDim<A, B> =
  SameDim<A, B> extends true
    ? number extends A
      ? B extends 1
        ? A
        : B
      : number extends B
        ? A extends 1
          ? B
          : A
        : A
    : A extends 1
      ? B
      : B extends 1
        ? A
        : never;

const broadcastDim = (a: Dim, b: Dim): Dim | undefined => {
  if (a === unknownSize) return b === 1 ? a : b;
  if (b === unknownSize) return a === 1 ? b : a;
  if (sameDim(a, b)) return a;
  return a === 1 ? b : b === 1 ? a : undefined;
};

/**
 * NumPy's rule for shapes of one rank; `false` when two axes differ.
 *
 * Shapes of two ranks do not broadcast: aligned at the right, one's batch axis would meet another axis of the other.
 * Equal shapes, type parameters among them, need no look at their dims.
 */
export type Broadcast<A extends Shape, B extends Shape> = A[] extends B[]
  ? B[] extends A[]
    ? A
    : Aligned<A, B>
  : Aligned<A, B>;
type Aligned<A extends Shape, B extends Shape, Out extends Shape = []> = A extends readonly [
  infer X,
  ...infer ATail extends Shape,
]
  ? B extends readonly [infer Y, ...infer BTail extends Shape]
    ? BroadcastDim<X, Y>[] extends (infer D extends Dim)[]
      ? D[] extends never[]
        ? false
        : Aligned<ATail, BTail, [...Out, D]>
      : false
    : OfAnyRank<B>
  : A extends readonly []
    ? B extends readonly []
      ? Out
      : OfAnyRank<B>
    : Dim[];
type OfAnyRank<S extends Shape> = IsDynamicRank<S> extends true ? Dim[] : false;

/** The shape that both shapes stretch to, or undefined. */
export const broadcast = (a: Shape, b: Shape): Shape | undefined => {
  if (a.length !== b.length) return undefined;
  const dims = a.map((dim, axis) => broadcastDim(dim, b[axis]!));
  return dims.includes(undefined) ? undefined : (dims as Dim[]);
};
