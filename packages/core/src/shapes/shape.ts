/** A literal size, `number` when it is known only at run time, or a name such as "batch" or "time". */
export type Dim = number | string;
/** The sizes of a tensor's axes, the batch axis first. */
export type Shape = readonly Dim[];
export type DType = "float" | "int";

/** What a shape rule sees of a tensor at run time. */
export interface Value {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** At run time: a size that nobody knows before the data is seen, such as that of a flattened "time" axis. */
export const unknownSize = "?";

/** "[batch, 28, 28, 1]" */
export type Show<S extends Shape> = `[${ShowDims<S>}]`;
type ShowDims<S extends Shape> = S extends readonly [infer D extends Dim]
  ? ShowDim<D>
  : S extends readonly [infer D extends Dim, ...infer Rest extends Shape]
    ? `${ShowDim<D>}, ${ShowDims<Rest>}`
    : S extends readonly []
      ? ""
      : "...";
export type ShowDim<D> = number extends D ? "?" : string extends D ? "?" : `${D & Dim}`;
/** "[batch, 28, 28, 1]" */
export const show = (shape: Shape): string => `[${shape.join(", ")}]`;

/** True when the rank itself is known only at run time. */
export type IsDynamicRank<S extends Shape> = number extends S["length"] ? true : false;

/**
 * True when two dims may be equal at run time.
 *
 * Arrays of them are compared, which also resolves for two equal type parameters.
 */
export type SameDim<A, B> = A[] extends B[] ? true : B[] extends A[] ? true : number extends A | B ? true : false;
export const sameDim = (a: Dim, b: Dim): boolean => a === b || a === unknownSize || b === unknownSize;

/** True when two shapes may be equal at run time. */
export type SameShape<A extends Shape, B extends Shape> = A extends readonly [
  infer X extends Dim,
  ...infer ATail extends Shape,
]
  ? B extends readonly [infer Y extends Dim, ...infer BTail extends Shape]
    ? SameDim<X, Y> extends true
      ? SameShape<ATail, BTail>
      : false
    : IsDynamicRank<B>
  : IsDynamicRank<A> extends true
    ? true
    : B extends readonly []
      ? true
      : IsDynamicRank<B>;
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis]!));

/** The size of the last axis. */
export type Channels<S extends Shape> = S extends readonly [...Dim[], infer C extends Dim] ? C : number;
export type ReplaceLast<S extends Shape, D extends Dim> =
  IsDynamicRank<S> extends true
    ? Dim[]
    : S extends readonly [...infer Leading extends Shape, infer _]
      ? [...Leading, D]
      : Dim[];
