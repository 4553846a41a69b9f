import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../graph/graph-node.ts";
import type { Step } from "./definition.ts";
import { isProblem, type Problem, within } from "./problem.ts";

/**
 * Applies the steps of a block in order; a misfit is named with its place.
 *
 * @param at the call that applies the block
 */
export const runSteps = (steps: readonly Step[], input: GraphNode, where: string, at?: Site): GraphNode | Problem => {
  let node = input;
  for (const [place, step] of steps.entries()) {
    const next = step.apply(node, at);
    if (isProblem(next)) return within(`op ${place + 1} of ${where}`, next);
    node = next;
  }
  return node;
};
