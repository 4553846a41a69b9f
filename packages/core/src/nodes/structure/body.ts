import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../../graph/graph-node.ts";
import { isBlock, isTensor, nodeOf } from "../../graph/handles.ts";
import type { Apply, Op, Run } from "../../graph/op.ts";
import { isReturned } from "../../graph/returned.ts";
import type { AnyTensor, Block } from "../../graph/tensor.ts";
import { ParameterError } from "../errors.ts";
import { shown } from "../parameters.ts";
import { type Problem, problem } from "../problem.ts";
import { runSteps } from "../steps.ts";

/** A block, or a function from what stands here to what comes out: a tensor's on a tensor, a block's on a block. */
export type Branch<Self> = Block | ((x: Self extends AnyTensor ? Self : Block<[]>) => unknown);

/**
 * The same as an item of a list or record: `Block` would be a return type for the calls that make the items, take part in
 * their inference and replace defaults such as a stride of 1.
 */
export type BranchItem<Self> = object | ((x: Self extends AnyTensor ? Self : Block<[]>) => unknown);

/** The rules inside a branch, or the tensor that a function returned. */
export type Body<B> =
  B extends Steps<infer Ops>
    ? Ops
    : B extends (...args: any) => infer R
      ? R extends Steps<infer Ops>
        ? Ops
        : R
      : never;

/** What makes a block: inference looks at this alone, not at every method. */
interface Steps<Ops extends readonly Op[]> {
  readonly ops: Ops;
}

/** What a body gives for a tensor; the place of a misfit is told where there is more than one. */
export type Through<B, T> = B extends readonly unknown[]
  ? B extends readonly [infer Only extends Op]
    ? Apply<Only, T>
    : Run<B, T>
  : B;

/** What an argument of a method does to a node. `at` is the method's call. */
export type Passage = (input: GraphNode, at: Site | undefined) => GraphNode | Problem;

/** Reads the argument of a method that takes a branch; functions were already called and gave what is `Returned`. */
export const readBranch = (node: string, port: string, given: unknown, site?: Site): Passage | Problem => {
  const branch = isReturned(given) ? given.value : given;
  if (branch !== given && isTensor(branch)) return () => nodeOf(branch);
  if (!isBlock(branch)) {
    const sentence = `${node}: ${port} must be a block, or a function that returns what comes out, but it is ${shown(branch)}`;
    return problem({ error: ParameterError, node, sentence, site });
  }
  const steps = branch.ops;
  const only = steps.length === 1 ? steps[0] : undefined;
  return (input, at) => (only ? only.apply(input, at) : runSteps(steps, input, "the block", at));
};
