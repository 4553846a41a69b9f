import type { Dim, DType, Shape } from "../../src/shapes/index.ts";
import type { Random } from "../random.ts";

/** A tensor that a random program has reached. */
export interface Reached {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What writes the arguments of calls. */
export interface Writer extends Random {
  /** A size for an axis: a number, a name, "?" or the size `n` of the run time. */
  anyDim(): Dim;
  /** A literal up to `high`, seldom `n`. */
  size(high: number): string;
  /** One of them, or a list of two. */
  sizes(high: number): string;
  /** One of them, or a list of one for each of that many axes. */
  sizesOn(axes: number, high: number): string;
  /** `, { … }` of the parts that are not false, or nothing. */
  options(...parts: readonly (string | false)[]): string;
  /** The name of a new input of this shape, without the batch axis. */
  input(shape: Shape, dtype: DType): string;
  /** The name of an input or a value that nearly has the shape and dtype of a tensor. */
  near(tensor: Reached): string;
}

/** How random programs call a method. */
export interface Operation {
  /** The text of a call: ".dense(3)". */
  write(before: Reached, writer: Writer): string;
  /** How often it is drawn where it fits: 0 where it does not, 1 as a rule. */
  fits(before: Reached): number;
}

export type Operations = Readonly<Record<string, Operation>>;

/** Methods with one rule; together they are drawn as often as one or two others. */
export const alike = (methods: readonly string[], of: (method: string) => Operation): Operations =>
  Object.fromEntries(
    methods.map((method) => {
      const { write, fits } = of(method);
      return [method, { write, fits: (before) => (fits(before) * 2) / methods.length }];
    }),
  );

export const onFloat = ({ dtype }: Reached): number => (dtype === "float" ? 1 : 0);
export const onRank =
  (rank: number) =>
  ({ shape, dtype }: Reached): number =>
    dtype === "float" && shape.length === rank ? 1 : 0;
/** One to three axes between batch and channels. */
export const onPositions = ({ shape, dtype }: Reached): number =>
  dtype === "float" && shape.length >= 3 && shape.length <= 5 ? 1 : 0;
export const onImage = ({ shape, dtype }: Reached): number => (dtype === "float" && shape.length === 4 ? 1 : 0);
