import type { HeadDocument, NodeDocument } from "@flaxen/core";
import { headDefinition } from "../heads/index.ts";
import { nodePrinter } from "../nodes/index.ts";
import type { NodePrinter } from "../nodes/printer.ts";
import { type Scope, scope, snakeCase } from "../python/names.ts";
import { keywords, moduleAttributes } from "../python/reserved.ts";

/** The printer of a node's type. */
export const printerOf = ({ type }: NodeDocument): NodePrinter => nodePrinter(type);

/** The attributes of one class, which are also the names in the file of weights. */
export interface Attributes {
  /** Node -> the attribute that `__init__` makes for it; nodes that share weights share it. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Head -> the attribute of its projection, where it has one. */
  readonly heads: ReadonlyMap<string, string>;
}

/** Names what a class's nodes, in their order, and then its heads are made as. */
export const attributesOf = (nodes: readonly NodeDocument[], heads: readonly HeadDocument[] = []): Attributes => {
  const names = scope(moduleAttributes, keywords);
  return { nodes: nodeAttributes(nodes, names), heads: headAttributes(heads, names) };
};

const headAttributes = (heads: readonly HeadDocument[], names: Scope): ReadonlyMap<string, string> =>
  new Map(
    heads
      .filter(({ type, params }) => headDefinition(type).projection(params) !== undefined)
      .map(({ name }) => [name, names.claim(snakeCase(name))]),
  );

const nodeAttributes = (nodes: readonly NodeDocument[], names: Scope): ReadonlyMap<string, string> => {
  const shared = new Map<string, string>();
  const claim = (node: NodeDocument, key: string | undefined): string => {
    const known = key === undefined ? undefined : shared.get(key);
    const claimed = known ?? names.claim(snakeCase(key ?? node.id));
    if (key !== undefined) shared.set(key, claimed);
    return claimed;
  };
  return new Map(
    nodes
      .filter((node) => printerOf(node).construct)
      .map((node) => [node.id, claim(node, printerOf(node).attribute?.(node.params))]),
  );
};
