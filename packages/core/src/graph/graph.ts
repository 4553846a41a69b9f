import { callSite } from "@flaxen/errors";
import { sourceNode } from "../nodes/define-node.ts";
import type { AnyOutput } from "../nodes/own/define-layer.ts";
import { isProblem, toError } from "../nodes/problem.ts";
import type { Body } from "../nodes/structure/body.ts";
import {
  type ConstantOptions,
  type ConstantValue,
  constant,
  type NestedValue,
  type WrongConstant,
} from "../nodes/structure/constant.ts";
import { input } from "../nodes/structure/input.ts";
import type { Fine, Look, Plain, Told, Unless, WrongDims } from "../nodes/wrong.ts";
import type { DType, Shape } from "../shapes/index.ts";
import { type GraphNode, now } from "./graph-node.ts";
import { nodeOf } from "./handles.ts";
import { type BlockOptions, type NamedBlock, namedBlock } from "./named-block.ts";
import type { Op } from "./op.ts";
import type { AnyTensor, Block, TensorOf } from "./tensor.ts";
import { blockOf, tensorOf } from "./values.ts";

export interface InputOptions<D extends DType> {
  /** "int" gives an IntTensor: token ids, for an embedding. @defaultValue "float" */
  readonly dtype?: D;
}

/** Sizes typed `any`, and "?", are known only at run time. */
type Known<S extends Shape> = {
  -readonly [K in keyof S]: 0 extends 1 & S[K] ? number : S[K] extends "?" ? number : S[K];
};

/** The sentence where a shape holds what is no size, or names the batch axis. */
type InputShape<S extends Shape> = Unless<
  Told<
    S["length"],
    Look<S[number]> extends Plain
      ? Fine
      : WrongDims<"input: shape", S, 'a whole number of at least 1, or a name such as "time"'>
  >,
  WithoutBatch<S>
>;
type WithoutBatch<S extends Shape> = 0 extends 1 & S[number]
  ? S
  : Extract<S[number], "batch">[] extends never[]
    ? S
    : 'input: leave out "batch": that axis is added';

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
    shape: InputShape<S>,
    options?: InputOptions<D>,
  ): TensorOf<["batch", ...Known<S>], D>;

  /**
   * Numbers that do not change.
   *
   * @param value a number, or lists of numbers: of one example. The first axis of the tensor is of size 1 and stretches
   * to the batch.
   * @example x.divide(graph.constant([0.229, 0.224, 0.225]).reshape([1, 1, 3])) // [batch, 28, 28, 3]
   */
  constant<const V extends NestedValue, const D extends DType = "float">(
    value: Unless<WrongConstant<V, D>, V>,
    options?: ConstantOptions<D>,
  ): ConstantValue<V, D>;

  /**
   * A block with a name: printed as a class of its own, one node for each application.
   *
   * Tensors from outside that it reads are handed to it: its class takes them as further arguments, after `x`.
   *
   * @example
   * const encoder = graph.block("encoder", graph.dense(64).relu());
   * x.pipe(encoder)
   * @example
   * const mixed = graph.block("mixed", (h) => h.dense(64).add(context)); // mixed(x, context)
   */
  block<const Name extends string, B extends Block | ((x: Block<[]>) => unknown)>(
    name: Name,
    body: BodyFits<B>,
    options?: BlockOptions,
  ): Block<[NamedBlock<Name, Body<B> extends infer Ops extends readonly Op[] ? Ops : readonly Op[]>]>;

  /**
   * A block with a name whose body is any graph: it is called with a tensor for each shape that the block is applied to.
   * Types know nothing of what comes out, so `block` is the better choice where a chain of operations will do.
   *
   * @example
   * const mixed = graph.deferredBlock("mixed", (x) => {
   *   const dense1 = x.dense(8);
   *   return dense1.add(dense1.relu()).add(x);
   * });
   */
  deferredBlock(name: string, body: (x: any) => AnyTensor, options?: BlockOptions): Block<[AnyOutput]>;
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

const makeConstant = (...args: unknown[]) => {
  const site = callSite(makeConstant);
  const node = sourceNode(constant, args, site);
  if (isProblem(node)) throw toError(node, site);
  return tensorOf(node);
};

const makeDeferredBlock = (name: unknown, body: unknown, ...rest: unknown[]) => {
  const site = callSite(makeDeferredBlock);
  const begun = now();
  const apply = (input: GraphNode) => nodeOf((body as (x: AnyTensor) => AnyTensor)(tensorOf(input)));
  const steps = typeof body === "function" ? blockOf([{ name: "body", site, apply }]) : body;
  const step = namedBlock([name, steps, ...rest], site, begun);
  if (isProblem(step)) throw toError(step, site);
  return blockOf([step]);
};

const makeBlock = (name: unknown, body: unknown, ...rest: unknown[]) => {
  const site = callSite(makeBlock);
  const begun = now();
  const steps = typeof body === "function" ? (body as (x: Block) => unknown)(blockOf([])) : body;
  const step = namedBlock([name, steps, ...rest], site, begun);
  if (isProblem(step)) throw toError(step, site);
  return blockOf([step]);
};

/** Where every graph begins: `graph.input(…)`, and every operation as the start of a block. */
export const graph: Graph = blockOf([], {
  input: makeInput,
  constant: makeConstant,
  block: makeBlock,
  deferredBlock: makeDeferredBlock,
}) as unknown as Graph;
