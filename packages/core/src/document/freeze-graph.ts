import type { Site } from "@flaxen/errors";
import type { BlockDefinition, GraphNode } from "../graph/graph-node.ts";
import { portAt } from "../nodes/definition.ts";
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

const stemOf = ({ type, block }: GraphNode): string =>
  type === "block" ? block!.name : nodes[type as keyof typeof nodes].stem;

const entryParams = ({ shape, dtype }: GraphNode): NodeDocument["params"] => ({ shape: shape.slice(1), dtype });

/** The option that an operand is given as, such as "mask", or "contextMask" for the mask of a context; else "context". */
const wishFor = (operand: GraphNode, body: readonly GraphNode[]): string => {
  const reader = body.find((node) => node.inputs.includes(operand));
  const port = reader && portAt(nodes[reader.type as keyof typeof nodes].ports, reader.inputs.indexOf(operand));
  return port?.optional ? (port.inBlock ?? port.name) : "context";
};

/** What a body calls its operands: x, then context, mask, context2, ... where no layer of its own has that name. */
const contextNames = (
  input: GraphNode,
  context: readonly GraphNode[],
  output: GraphNode,
): ReadonlyMap<GraphNode, string> => {
  const names = new Map([[input, "x"]]);
  if (context.length === 0) return names;
  const outer = new Set(context);
  const inner = depthFirst(
    [output],
    (node) => (outer.has(node) ? [] : node.inputs),
    (path) => new CycleError(path.map((node) => node.name ?? node.type)),
  ).filter((node) => !outer.has(node));
  const taken = new Set(inner.flatMap((node) => (node.name ? [nameKey(node.name)] : [])));
  for (const node of context) {
    const wish = wishFor(node, inner);
    let name = wish;
    for (let count = 2; taken.has(nameKey(name)); count++) name = `${wish}${count}`;
    taken.add(nameKey(name));
    names.set(node, name);
  }
  return names;
};

export const createFreezer = (): Freezer => {
  const blocks = new Map<string, BlockDocument>();
  const sites = new Map<string, Site>();
  const names = new Map<BlockDefinition, string>();
  const firstOf = new Map<string, BlockDefinition>();

  const nameOf = (definition: BlockDefinition, application: GraphNode): string => {
    const known = names.get(definition);
    if (known !== undefined) return known;
    const inner = freezeBody(definition);
    const body = { nodes: [...inner.nodes], output: inner.ids.get(definition.output)! };
    const name = freeName(definition, application, body);
    names.set(definition, name);
    if (!firstOf.has(nameKey(name))) firstOf.set(nameKey(name), definition);
    if (!blocks.has(name)) {
      blocks.set(name, body);
      for (const [node, id] of inner.ids) if (node.site) sites.set(`${name}/${id}`, node.site);
    }
    return name;
  };

  const freeName = (definition: BlockDefinition, application: GraphNode, body: BlockDocument): string => {
    const { name, numbered, shared, source } = definition;
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
      const counts = first.source === source || numbered || first.numbered;
      if (other === undefined && counts && !firstOf.has(nameKey(candidate))) return candidate;
      const same = other !== undefined && canonicalJson(other) === canonicalJson(body);
      if (same && !shared && !first.shared) return candidate;
      if (!counts && other === undefined)
        throw new DuplicateNameError(
          `two different blocks are called "${name}". Give each a name of its own, or make the block once and apply it twice.`,
          { site: definition.site ?? application.site },
        );
    }
  };

  const freezeBody = ({ input, context, output }: BlockDefinition): FrozenGraph =>
    freeze([input, ...context, output], undefined, new Map(), contextNames(input, context, output));

  const freeze = (
    roots: readonly GraphNode[],
    prefix: string | undefined,
    taken: ReadonlyMap<string, string> = new Map(),
    entries: ReadonlyMap<GraphNode, string> = new Map(),
  ): FrozenGraph => {
    const order = depthFirst(
      roots,
      (node) => (entries.has(node) ? [] : node.inputs),
      (path) => new CycleError(path.map((node) => node.name ?? node.type)),
    );
    const inner = order.filter((node) => !entries.has(node));
    const applied = new Map(inner.flatMap((node) => (node.block ? [[node, nameOf(node.block, node)] as const] : [])));
    const shared = inner.flatMap(({ block }) => (block?.shared ? [block.name] : []));
    const reserved = new Map([...taken, ...shared.map((name) => [nameKey(name), `block "${name}"`] as const)]);
    const ids = assignIds(order, stemOf, reserved, entries);
    const list = order.map((node): NodeDocument => {
      const id = ids.get(node)!;
      if (entries.has(node)) return { id, type: "input", inputs: [], params: entryParams(node) };
      const params = node.params as NodeDocument["params"];
      return {
        id,
        type: node.type,
        inputs: node.inputs.map((input) => ids.get(input)!),
        params: node.block ? { ...params, block: applied.get(node)! } : params,
      };
    });
    if (prefix !== undefined) for (const [node, id] of ids) if (node.site) sites.set(`${prefix}${id}`, node.site);
    return { nodes: list, ids };
  };

  return { blocks, sites, freeze };
};
