import { appliedBlock } from "./block-order.ts";
import { TooManyNodesError } from "./errors.ts";
import { limits } from "./limits.ts";
import type { ModelDocument, NodeDocument } from "./schema.ts";

/**
 * Refuses a model whose blocks, written out, would be more nodes than a document may hold: ten blocks that apply each
 * other ten times are a few lines and ten thousand million layers.
 *
 * @param order the model's blocks, each after those that it applies
 */
export const checkSize = (model: Pick<ModelDocument, "name" | "nodes" | "blocks">, order: readonly string[]): void => {
  const sizes = new Map<string, number>();
  const sizeOf = (nodes: readonly NodeDocument[]): number =>
    nodes.reduce((total, node) => {
      const block = appliedBlock(node);
      const times = typeof node.params.times === "number" ? node.params.times : 1;
      return total + (block === undefined ? 1 : 1 + times * sizes.get(block)!);
    }, 0);
  for (const name of order) sizes.set(name, sizeOf(model.blocks[name]!.nodes));
  const total = sizeOf(model.nodes);
  if (total > limits.nodes) throw new TooManyNodesError(model.name, total, limits.nodes);
};
