import { assignIds } from "../document/assign-ids.ts";
import { depthFirst } from "../document/depth-first.ts";
import { CycleError } from "../document/errors.ts";
import type { NodeDocument } from "../document/schema.ts";
import type { GraphNode } from "../graph/graph-node.ts";
import { nodeDefinition } from "../nodes/index.ts";

export interface NamedGraph {
  readonly nodes: readonly NodeDocument[];
  /** Ids in the order in which the graph is frozen: heads' features, or a block's inputs and output. */
  readonly roots: readonly string[];
  /** Keys of names that nodes may not have. */
  readonly taken: ReadonlyMap<string, string>;
  stemOf(node: NodeDocument): string;
}

/** The ids that only a name gives: all others come out by themselves when the graph is frozen again. */
export const explicitNames = ({ nodes, roots, taken, stemOf }: NamedGraph): ReadonlySet<string> => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order = depthFirst(
    roots.map((id) => byId.get(id)!),
    ({ inputs }) => inputs.map((id) => byId.get(id)!),
    (path) => new CycleError(path.map(({ id }) => id)),
  );
  const canBeNamed = (node: NodeDocument) => nodeDefinition(node.type)?.named !== "never";
  const looksNumbered = (node: NodeDocument) =>
    node.id.startsWith(stemOf(node)) && /^[1-9][0-9]*$/.test(node.id.slice(stemOf(node).length));
  const explicit = new Set(
    order.filter((node) => node.type === "input" || (canBeNamed(node) && !looksNumbered(node))).map(({ id }) => id),
  );
  for (;;) {
    const stand = order.map((node) => ({ type: node.type, name: explicit.has(node.id) ? node.id : undefined, node }));
    const ids = assignIds(
      stand as unknown as readonly GraphNode[],
      (one) => stemOf((one as unknown as { readonly node: NodeDocument }).node),
      taken,
    );
    const assigned = [...ids.values()];
    const wrong = new Map<string, string>();
    for (const [place, node] of order.entries())
      if (assigned[place] !== node.id && canBeNamed(node) && !explicit.has(node.id) && !wrong.has(stemOf(node)))
        wrong.set(stemOf(node), node.id);
    if (wrong.size === 0) return explicit;
    for (const id of wrong.values()) explicit.add(id);
  }
};
