import type { Site } from "@flaxen/errors";
import { ShapeError } from "../nodes/errors.ts";
import { type Problem, problem } from "../nodes/problem.ts";
import { show } from "../shapes/index.ts";
import { type BlockDefinition, type GraphNode, graphNode, isOlder } from "./graph-node.ts";

/** What every definition of one block has in common. */
export interface BlockHead extends Pick<BlockDefinition, "name" | "numbered" | "shared" | "source"> {
  readonly site: Site | undefined;
}

/** The node that stands for a block's operand while its body is built. */
export const standIn = ({ shape, dtype }: GraphNode): GraphNode =>
  graphNode({
    type: "input",
    params: { shape: shape.slice(1), dtype },
    inputs: [],
    shape: ["batch", ...shape.slice(1)],
    dtype,
    name: "x",
  });

/**
 * What a body reads from outside: nodes older than it and inputs, in the order of reading.
 *
 * Constants are no context: each block makes its own.
 */
const contextOf = (output: GraphNode, own: GraphNode, begun: number): readonly GraphNode[] => {
  const seen = new Set<GraphNode>([own]);
  const context: GraphNode[] = [];
  const waiting = [output];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const isConstant = node.inputs.length === 0 && node.type !== "input";
    if (node.type === "input" || (isOlder(node, begun) && !isConstant)) context.push(node);
    else waiting.push(...node.inputs.toReversed());
  }
  return context;
};

/**
 * The definition of a block whose body was built.
 *
 * @param begun when its body began to be built: older nodes are handed in
 */
export const defineBlock = (
  head: BlockHead,
  input: GraphNode,
  output: GraphNode,
  begun: number,
): BlockDefinition | Problem => {
  const context = contextOf(output, input, begun);
  const odd = [input, ...context].find(({ shape }) => shape[0] !== "batch" || shape.lastIndexOf("batch") > 0);
  if (!odd) return Object.freeze({ ...head, input, context: Object.freeze(context), output });
  const sentence = `block "${head.name}" takes tensors whose first axis is the batch, but it reads ${show(odd.shape)}`;
  return problem({ error: ShapeError, node: head.name, sentence, site: head.site });
};

/** Gives the definition for a node's shape, made once for each. */
export const definitionsOf = (
  make: (input: GraphNode) => BlockDefinition | Problem,
): ((input: GraphNode) => BlockDefinition | Problem) => {
  const made = new Map<string, BlockDefinition | Problem>();
  return (input) => {
    const key = `${input.dtype} ${show(input.shape)}`;
    const known = made.get(key) ?? make(input);
    made.set(key, known);
    return known;
  };
};
