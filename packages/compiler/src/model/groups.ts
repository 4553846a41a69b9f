import type { NodeDocument } from "@flaxen/core";
import { printerOf } from "./attributes.ts";

/** Nodes that become one statement: each but the last is written inside the next. */
export type Group = readonly NodeDocument[];

/** Calls within each other in one statement, at most: `x + nnx.relu(self.norm1(self.conv1(x)))`. */
const deepest = 3;

export const rootOf = (group: Group): NodeDocument => group.at(-1)!;

/** How often each value is read, by nodes and by the heads. */
export const countUses = (nodes: readonly NodeDocument[], outputs: readonly string[]): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  for (const operand of [...nodes.flatMap(({ inputs }) => inputs), ...outputs])
    uses.set(operand, (uses.get(operand) ?? 0) + 1);
  return uses;
};

/**
 * Puts a node into the statement of its operand where both read well on one line: a node that wraps (an activation,
 * a normalisation, a sum) around the call right before it, whose value nothing else reads; a layer around what leads to
 * it alone.
 *
 * @param apart a node whose value is kept in a variable
 */
export const groupNodes = (
  nodes: readonly NodeDocument[],
  outputs: readonly string[],
  apart?: string,
): readonly Group[] => {
  const uses = countUses(nodes, outputs);
  const wraps = (node: NodeDocument, group: Group): boolean => {
    const { wraps, nests, construct } = printerOf(node);
    return wraps === true || (group.length === 1 && printerOf(rootOf(group)).leads === true && !!nests && !!construct);
  };
  const joins = (node: NodeDocument, group: Group): boolean => {
    const last = rootOf(group);
    return (
      wraps(node, group) &&
      printerOf(last).nests === true &&
      uses.get(last.id) === 1 &&
      last.id !== apart &&
      node.inputs.includes(last.id)
    );
  };
  const groups: Group[] = [];
  for (const node of nodes) {
    const group = groups.at(-1);
    const { operator, leads } = printerOf(node);
    const fits = group && group.length < deepest + (operator ? 1 : 0);
    if (!group || !joins(node, group) || (leads && !fits)) groups.push([node]);
    else if (fits) groups[groups.length - 1] = [...group, node];
    else groups.splice(-1, 1, group.slice(0, -1), [rootOf(group), node]);
  }
  return groups;
};
