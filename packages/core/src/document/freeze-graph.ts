import type { Site } from "@flaxen/errors";
import type { BlockDefinition, GraphNode } from "../graph/graph-node.ts";
import { ShapeError } from "../nodes/errors.ts";
import { nodes } from "../nodes/index.ts";
import { show } from "../shapes/index.ts";
import { assignIds } from "./assign-ids.ts";
import { depthFirst } from "./depth-first.ts";
import { CycleError, DuplicateNameError } from "./errors.ts";
import { canonicalJson } from "./json.ts";
import { nameKey } from "./names.ts";
import type { BlockDocument, NodeDocument } from "./schema.ts";

/** A graph of values as a list of nodes with ids. */
export interface FrozenGraph {
  readonly nodes: readonly NodeDocument[];
  readonly ids: ReadonlyMap<GraphNode, string>;
}

/** What several graphs of one document have in common. */
export interface Freezer {
  readonly blocks: Map<string, BlockDocument>;
  readonly sites: Map<string, Site>;
  freeze(roots: readonly GraphNode[], prefix: string, taken?: ReadonlyMap<string, string>): FrozenGraph;
}

export const createFreezer = (): Freezer => {
  const blocks = new Map<string, BlockDocument>();
  const sites = new Map<string, Site>();
  const names = new Map<BlockDefinition, string>();
  const firstOf = new Map<string, BlockDefinition>();

  const nameOf = (definition: BlockDefinition, application: GraphNode): string => {
    const known = names.get(definition);
    if (known !== undefined) return known;
    const inner = freeze([definition.output, definition.input], undefined);
    const body = { nodes: [...inner.nodes], output: inner.ids.get(definition.output)! };
    const name = freeName(definition, application, body);
    names.set(definition, name);
    if (!blocks.has(name)) {
      blocks.set(name, body);
      for (const [node, id] of inner.ids) if (node.site) sites.set(`${name}/${id}`, node.site);
    }
    return name;
  };

  const freeName = (definition: BlockDefinition, application: GraphNode, body: BlockDocument): string => {
    const { name, shared, source } = definition;
    const first = firstOf.get(nameKey(name));
    if (first === undefined) {
      firstOf.set(nameKey(name), definition);
      return name;
    }
    if (shared && first.source === source)
      throw new ShapeError(
        `block "${name}" is shared, so it takes one shape: it was applied to ${show(first.input.shape)} and to ${show(definition.input.shape)}`,
        { node: name, site: application.site },
      );
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? name : `${name}${count}`;
      const other = blocks.get(candidate);
      if (other === undefined && first.source === source) return candidate;
      const same = other !== undefined && canonicalJson(other) === canonicalJson(body);
      if (same && !shared && !first.shared) return candidate;
      if (other === undefined)
        throw new DuplicateNameError(
          `two different blocks are called "${name}". Give each a name of its own, or make the block once and apply it twice.`,
          { site: definition.site ?? application.site },
        );
    }
  };

  const freeze = (
    roots: readonly GraphNode[],
    prefix: string | undefined,
    taken: ReadonlyMap<string, string> = new Map(),
  ): FrozenGraph => {
    const order = depthFirst(
      roots,
      (node) => node.inputs,
      (path) => new CycleError(path.map((node) => node.name ?? node.type)),
    );
    const applied = new Map(order.flatMap((node) => (node.block ? [[node, nameOf(node.block, node)] as const] : [])));
    const shared = order.flatMap(({ block }) => (block?.shared ? [block.name] : []));
    const reserved = new Map([...taken, ...shared.map((name) => [nameKey(name), `block "${name}"`] as const)]);
    const ids = assignIds(order, (node) => node.block?.name ?? nodes[node.type as keyof typeof nodes].stem, reserved);
    const list = order.map((node) => ({
      id: ids.get(node)!,
      type: node.type,
      inputs: node.inputs.map((input) => ids.get(input)!),
      params: node.block
        ? { block: applied.get(node)!, shared: node.block.shared }
        : (node.params as NodeDocument["params"]),
    }));
    if (prefix !== undefined) for (const [node, id] of ids) if (node.site) sites.set(`${prefix}${id}`, node.site);
    return { nodes: list, ids };
  };

  return { blocks, sites, freeze };
};
