import type { GraphNode } from "../graph/graph-node.ts";
import { DuplicateNameError } from "./errors.ts";
import { nameKey } from "./names.ts";

/**
 * Gives each node of one graph its id: the user's name, or the stem and a number that counts from 1 per stem.
 *
 * @param order the nodes, operands first
 * @param taken names that are not free: of heads, of shared blocks
 * @param entries what a block calls its operands, whatever they are called outside
 */
export const assignIds = (
  order: readonly GraphNode[],
  stemOf: (node: GraphNode) => string,
  taken: ReadonlyMap<string, string>,
  entries: ReadonlyMap<GraphNode, string> = new Map(),
): ReadonlyMap<GraphNode, string> => {
  const used = new Map(taken);
  const nameOf = (node: GraphNode): string | undefined => entries.get(node) ?? node.name;
  for (const node of order) {
    const name = nameOf(node);
    if (name === undefined) continue;
    const type = entries.has(node) ? "input" : node.type;
    const what = `${type} "${name}"`;
    const other = used.get(nameKey(name));
    if (other !== undefined)
      throw new DuplicateNameError(
        other === what
          ? `two things are called "${name}" (${type}). Give each a name of its own.`
          : `${what} and ${other} have one name. Give each a name of its own.`,
        { site: node.site },
      );
    used.set(nameKey(name), what);
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
  return new Map(order.map((node) => [node, nameOf(node) ?? next(stemOf(node))]));
};
