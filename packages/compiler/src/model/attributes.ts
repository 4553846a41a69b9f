import type { NodeDocument } from "@flaxen/core";
import { nodePrinter } from "../nodes/index.ts";
import type { NodePrinter } from "../nodes/printer.ts";
import { type Scope, snakeCase } from "../python/names.ts";

/** The printer of a node's type. */
export const printerOf = ({ type }: NodeDocument): NodePrinter => nodePrinter(type);

/** Node -> the attribute that `__init__` makes for it; nodes that share weights share it. */
export const attributesOf = (nodes: readonly NodeDocument[], names: Scope): ReadonlyMap<string, string> => {
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
