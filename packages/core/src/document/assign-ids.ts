import type { GraphNode } from "../graph/graph-node.ts";
import { DuplicateNameError } from "./errors.ts";
import { nameKey } from "./names.ts";

/**
 * Gives each node of one graph its id: the user's name, or the stem and a number that counts from 1 per stem.
 *
 * @param order the nodes, operands first
 * @param taken names that are not free: of heads, of shared blocks
 */
export const assignIds = (
  order: readonly GraphNode[],
  stemOf: (node: GraphNode) => string,
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<GraphNode, string> => {
  const used = new Map(taken);
  for (const node of order) {
    if (node.name === undefined) continue;
    const what = `${node.type === "input" ? "input" : node.type} "${node.name}"`;
    const other = used.get(nameKey(node.name));
    if (other !== undefined)
      throw new DuplicateNameError(
        other === what
          ? `two things are called "${node.name}" (${node.type}). Give each a name of its own.`
          : `${what} and ${other} have one name. Give each a name of its own.`,
        { site: node.site },
      );
    used.set(nameKey(node.name), what);
  }
  const counts = new Map<string, number>();
  const next = (stem: string): string => {
    for (;;) {
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      const id = `${stem}${count}`;
      if (!used.has(nameKey(id))) return id;
    }
  };
  return new Map(order.map((node) => [node, node.name ?? next(stemOf(node))]));
};
