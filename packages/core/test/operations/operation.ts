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
  /** `, { … }` of the parts that are not false, or nothing. */
  options(...parts: readonly (string | false)[]): string;
  /** The text of an input of this shape, without the batch axis. */
  input(shape: Shape, dtype: DType): string;
  /** The text of an input that nearly has the shape and dtype of a tensor. */
  near(tensor: Reached): string;
}

/** How random programs call a method, or a group of methods with one rule. */
export interface Operation {
  /** The text of a call: ".dense(3)". */
  write(before: Reached, writer: Writer): string;
  /** How often it is drawn where it fits: 0 where it does not, 1 as a rule. */
  fits(before: Reached): number;
  /** Whether it reads other tensors, which a named block must not. */
  readonly readsOthers?: boolean;
}

export type Operations = Readonly<Record<string, Operation>>;

export const onFloat = ({ dtype }: Reached): number => (dtype === "float" ? 1 : 0);
export const onImage = ({ shape, dtype }: Reached): number => (dtype === "float" && shape.length === 4 ? 1 : 0);
