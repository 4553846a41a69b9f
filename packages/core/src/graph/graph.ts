import { callSite } from "@flaxen/errors";
import { sourceNode } from "../nodes/define-node.ts";
import { isProblem, toError } from "../nodes/problem.ts";
import type { Body } from "../nodes/structure/branch.ts";
import { input } from "../nodes/structure/input.ts";
import type { DType, Shape } from "../shapes/index.ts";
import { type BlockOptions, type NamedBlock, namedBlock } from "./named-block.ts";
import type { Op } from "./op.ts";
import type { Block, TensorOf } from "./tensor.ts";
import { blockOf, tensorOf } from "./values.ts";

export interface InputOptions<D extends DType> {
  /** "int" gives an IntTensor: token ids, for an embedding. @defaultValue "float" */
  readonly dtype?: D;
}

/** Sizes typed `any`, and "?", are known only at run time. */
type Known<S extends Shape> = {
  -readonly [K in keyof S]: 0 extends 1 & S[K] ? number : S[K] extends "?" ? number : S[K];
};

/** Where inputs and blocks begin. */
export interface Graph extends Block<[]> {
  /**
   * Where data enters.
   *
   * @param shape of one example: literal sizes, or names such as "time" for sizes that vary
   * @example graph.input("image", [28, 28, 1]) // Tensor<["batch", 28, 28, 1]>
   */
  input<const S extends Shape, const D extends DType = "float">(
    name: string,
    shape: S,
    options?: InputOptions<D>,
  ): TensorOf<["batch", ...Known<S>], D>;

  /**
   * A block with a name: printed as a class of its own, one node for each application.
   *
   * @example const encoder = graph.block("encoder", graph.dense(64).relu()); x.pipe(encoder)
   */
  block<const Name extends string, B extends Block | ((x: Block<[]>) => unknown)>(
    name: Name,
    body: BodyFits<B>,
    options?: BlockOptions,
  ): Block<[NamedBlock<Name, Body<B> extends infer Ops extends readonly Op[] ? Ops : readonly Op[]>]>;
}

/**
 * The sentence when a function does not return a block.
 *
 * It is not said by the function's own type: a return type in the signature would take part in inference and replace
 * defaults such as a stride of 1. `unknown` stands for functions whose parameter is still being typed.
 */
type BodyFits<B> =
  unknown extends Body<B>
    ? B
    : Body<B> extends readonly Op[]
      ? B
      : "block: its body must be a block, or a function that returns one";

const makeInput = (...args: unknown[]) => {
  const site = callSite(makeInput);
  const node = sourceNode(input, args, site);
  if (isProblem(node)) throw toError(node, site);
  return tensorOf(node);
};

const makeBlock = (name: unknown, body: unknown, ...rest: unknown[]) => {
  const site = callSite(makeBlock);
  const steps = typeof body === "function" ? (body as (x: Block) => unknown)(blockOf([])) : body;
  const step = namedBlock([name, steps, ...rest], site);
  if (isProblem(step)) throw toError(step, site);
  return blockOf([step]);
};

/** Where every graph begins: `graph.input(…)`, and every operation as the start of a block. */
export const graph: Graph = blockOf([], { input: makeInput, block: makeBlock }) as unknown as Graph;
