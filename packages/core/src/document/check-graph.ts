import { nodes as definitions } from "../nodes/index.ts";
import { checkParameters } from "../nodes/parameters.ts";
import { isProblem, toError } from "../nodes/problem.ts";
import { inputsOf } from "./block-inputs.ts";
import { depthFirst } from "./depth-first.ts";
import {
  BadDocumentError,
  CycleError,
  DanglingEdgeError,
  DuplicateNameError,
  UnknownNodeError,
  UnusedInputError,
  UnusedNodeError,
} from "./errors.ts";
import { nameKey } from "./names.ts";
import type { NodeDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** One graph of a document: the model's own, or a block's. */
export interface GraphPart {
  readonly nodes: readonly NodeDocument[];
  /** What reads its results: who, and the id that it reads. */
  readonly outputs: readonly (readonly [reader: string, id: string])[];
  /** "" or "block/": how its ids are written in messages and in the table of call sites. */
  readonly prefix: string;
  /** Names that nodes may not have, by their key, and what has them. */
  readonly taken: ReadonlyMap<string, string>;
}

/** Checks names, types, parameters and edges. Gives the nodes, parameters in normal form, each after its operands. */
export const checkGraph = (part: GraphPart, sites: Sites): readonly NodeDocument[] => {
  const { nodes, outputs, prefix } = part;
  const at = (id: string) => ({ site: sites[prefix + id] });
  const byId = new Map<string, NodeDocument>();
  const keys = new Map(part.taken);
  for (const node of nodes) {
    const other = keys.get(nameKey(node.id));
    if (other !== undefined)
      throw new DuplicateNameError(
        `node "${prefix}${node.id}" and ${other} have one name. Give each a name of its own.`,
        at(node.id),
      );
    keys.set(nameKey(node.id), `node "${prefix}${node.id}"`);
    byId.set(node.id, checkNode(node, prefix, sites));
  }
  const read = (reader: string, id: string, site: { site: Sites[string] | undefined }): NodeDocument => {
    const found = byId.get(id);
    if (found === undefined) throw new DanglingEdgeError(reader, id, byId.keys(), site);
    return found;
  };
  const operands = new Map(
    [...byId.values()].map((node) => [
      node,
      node.inputs.map((input) => read(`node "${prefix}${node.id}"`, input, at(node.id))),
    ]),
  );
  // Every node is a root, so that a cycle is found even where no head looks.
  depthFirst(
    byId.values(),
    (node) => operands.get(node)!,
    (path) =>
      new CycleError(
        path.map(({ id }) => prefix + id),
        at(path[0]!.id),
      ),
  );
  const roots = outputs.map(([reader, id]) => read(reader, id, { site: undefined }));
  const order = depthFirst(
    roots,
    (node) => operands.get(node)!,
    (path) => new CycleError(path.map(({ id }) => id)),
  );
  const used = new Set(order);
  for (const node of byId.values()) {
    if (used.has(node)) continue;
    if (node.type === "input" && prefix === "") throw new UnusedInputError(node.id, at(node.id));
    if (node.type !== "input") throw new UnusedNodeError(`node "${prefix}${node.id}"`, at(node.id));
  }
  return isOrdered(nodes) ? nodes.map(({ id }) => byId.get(id)!) : order;
};

const checkNode = (node: NodeDocument, prefix: string, sites: Sites): NodeDocument => {
  const { id, type } = node;
  const site = sites[prefix + id];
  if (!Object.hasOwn(definitions, type))
    throw new UnknownNodeError(`node "${prefix}${id}"`, type, Object.keys(definitions), { site });
  const definition = definitions[type as keyof typeof definitions];
  const params = checkParameters({ ...definition, name: `node "${prefix}${id}" (${type})` }, node.params);
  if (isProblem(params)) throw toError({ ...params, node: prefix + id }, site);
  return { id, type, inputs: node.inputs, params: params as NodeDocument["params"] };
};

/** Whether each node stands after its operands. */
const isOrdered = (nodes: readonly NodeDocument[]): boolean => {
  const seen = new Set<string>();
  return nodes.every(({ id, inputs }) => {
    const ready = inputs.every((input) => seen.has(input));
    seen.add(id);
    return ready;
  });
};

/** A block's inputs are its first nodes. */
export const checkBlockInput = (name: string, nodes: readonly NodeDocument[]): void => {
  const count = nodes.filter(({ type }) => type === "input").length;
  const first = inputsOf(nodes).length;
  if (count === 0 || first !== count)
    throw new BadDocumentError(
      `block "${name}" must begin with its nodes of type "input"; of its ${nodes.length} nodes ${count} are inputs, ${first} at the beginning.`,
    );
};
