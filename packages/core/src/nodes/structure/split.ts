import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../../graph/graph-node.ts";
import type { TensorOf, Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type Divides,
  type DType,
  divides,
  type InnerAxis,
  innerAxis,
  type Plus,
  plus,
  type Quotient,
  quotient,
  type ReplaceAt,
  type SameDim,
  type Shape,
  type Show,
  type ShowDim,
  sameDim,
  show,
  unknownSize,
} from "../../shapes/index.ts";
import { ParameterError, ShapeError, UnknownSizeError } from "../errors.ts";
import { isPlain, shown } from "../parameters.ts";
import { isProblem, type Problem, problem } from "../problem.ts";
import { slice } from "../shape/slice.ts";
import type { Unless, WrongParts } from "../wrong.ts";

/** How many parts of one size, or the sizes of the parts. */
export type Parts = number | readonly number[];

const refusal = (sentence: string): Problem => problem({ error: ParameterError, node: "split", sentence });
const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

/** The sizes of the parts, or what is wrong. */
const sizesOf = (shape: Shape, parts: Parts, at: number): readonly Dim[] | string => {
  const size = shape[at]!;
  if (typeof parts === "number") {
    if (typeof size !== "number")
      return `split: axis ${at} of ${show(shape)} has no size yet: give the sizes of the parts`;
    if (!divides(parts, size)) return `split: axis ${at} of ${show(shape)} does not divide into ${parts} parts`;
    return Array.from({ length: parts }, () => quotient(size, parts));
  }
  const total = parts.reduce<Dim>(plus, 0);
  return sameDim(total, size) || typeof size === "string"
    ? parts
    : `split: sizes ${show(parts)} do not add up to axis ${at} of ${show(shape)}`;
};

/** Slices of one node, one after another along an axis. */
export const splitNode = (
  input: GraphNode,
  [parts, options = {}]: readonly unknown[],
  site?: Site,
): readonly GraphNode[] | Problem => {
  const isList = Array.isArray(parts) && parts.length > 0 && parts.every(isSize);
  if (!isList && !isSize(parts))
    return refusal(`split: parts must be a whole number of at least 1, or a list of them, but it is ${shown(parts)}`);
  if (!isPlain(options)) return refusal(`split: its options must be an object, but they are ${shown(options)}`);
  const { axis = -1, ...others } = options;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) return refusal(`split has no option "${unknown}".`);
  if (!Number.isInteger(axis)) return refusal(`split: axis must be a whole number, but it is ${shown(axis)}`);

  const at = innerAxis(input.shape, axis as number, "split");
  const misfit = (sentence: string) => problem({ error: ShapeError, node: "split", sentence });
  if (typeof at === "string") return misfit(at);
  const sizes = sizesOf(input.shape, parts as Parts, at);
  if (typeof sizes === "string")
    return input.shape[at] === unknownSize ? { ...misfit(sizes), error: UnknownSizeError } : misfit(sizes);
  return cut(input, at, sizes as readonly number[], site);
};

const cut = (
  input: GraphNode,
  axis: number,
  sizes: readonly number[],
  site: Site | undefined,
): readonly GraphNode[] | Problem => {
  const nodes: GraphNode[] = [];
  let start = 0;
  for (const size of sizes) {
    const step = slice.step([axis, { start, end: start + size }], site);
    if (isProblem(step)) return step;
    const node = step.apply(input, site);
    if (isProblem(node)) return node;
    nodes.push(node);
    start += size;
  }
  return nodes;
};

/** The sentence when a block is asked to split. */
export const splitInBlock =
  "split gives several tensors, which no block can: call it on a tensor, or inside of a function";

type SplitOut<T, P, Axis> = T extends Typed<infer S, infer D> ? Divided<S, D, P, InnerAxis<S, Axis, "split">> : never;
type Divided<S extends Shape, D extends DType, P, At> = At extends string
  ? At
  : number extends At
    ? TensorOf<Dim[], D>[]
    : P extends readonly unknown[]
      ? number extends P["length"]
        ? TensorOf<ReplaceAt<S, At, number>, D>[]
        : SameDim<Total<P>, S[At & number]> extends true
          ? BySizes<S, D, P, At>
          : S[At & number] extends string
            ? BySizes<S, D, P, At>
            : `split: sizes ${P extends Shape ? Show<P> : never} do not add up to axis ${ShowDim<At>} of ${Show<S>}`
      : number extends P
        ? TensorOf<ReplaceAt<S, At, number>, D>[]
        : S[At & number] extends string
          ? `split: axis ${ShowDim<At>} of ${Show<S>} has no size yet: give the sizes of the parts`
          : Divides<P, S[At & number]> extends true
            ? Times<TensorOf<ReplaceAt<S, At, Quotient<S[At & number], P>>, D>, P>
            : `split: axis ${ShowDim<At>} of ${Show<S>} does not divide into ${ShowDim<P>} parts`;
type Total<P, Sum = 0> = P extends readonly [infer First, ...infer Rest] ? Total<Rest, Plus<Sum, First>> : Sum;
type BySizes<S extends Shape, D extends DType, P extends readonly unknown[], At> = {
  -readonly [K in keyof P]: TensorOf<ReplaceAt<S, At, P[K] & Dim>, D>;
};
type Times<T, Count, Out extends T[] = []> = Out["length"] extends Count ? Out : Times<T, Count, [...Out, T]>;

type SplitFits<Self, P, Axis> = Self extends { readonly ops: any }
  ? typeof splitInBlock
  : Unless<WrongParts<P>, FittingParts<Self, P, Axis>>;
type FittingParts<Self, P, Axis> = SplitOut<Self, P, Axis> extends infer Sentence extends string ? Sentence : P;
/** After a misfit nothing more is said. */
type SplitResult<Self, P, Axis> = Self extends { readonly ops: any }
  ? any[]
  : SplitOut<Self, P, Axis> extends infer Out
    ? Out extends string
      ? any[]
      : Out
    : never;

export interface SplitOptions<Axis> {
  /** The batch axis is 0, which cannot be split; negative from the end. @defaultValue -1 */
  readonly axis?: Axis;
}

export interface SplitMethod {
  /**
   * Parts of a tensor along an axis: one `slice` for each. Only on a tensor, or in a function: a block has one output.
   *
   * @param parts how many of one size, or the size of each
   * @example const [query, key, value] = x.dense(192).split(3) // [batch, 16, 192] -> three of [batch, 16, 64]
   */
  split<Self, const P extends Parts, const Axis extends number = -1>(
    this: Self,
    parts: SplitFits<Self, P, Axis>,
    options?: SplitOptions<Axis>,
  ): SplitResult<Self, P, Axis>;
}
