import { FlaxenError } from "@flaxen/errors";
import { appliedBlock } from "./block-order.ts";
import type { ModelDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** A shared block is applied where its weights could not be the same everywhere. */
export class SharedBlockError extends FlaxenError {
  static override readonly code = "shared-block";
}

/**
 * One shared block has one set of weights. So it is shared by all its applications or by none, all of them stand in
 * one graph, and that graph exists once: it is the model's own, or that of another shared block.
 */
export const checkSharedBlocks = (model: ModelDocument, sites: Sites): void => {
  const home = new Map<string, string>();
  const shared = new Map<string, boolean>();
  const graphs = [
    ["", model.nodes] as const,
    ...Object.entries(model.blocks).map(([name, { nodes }]) => [name, nodes] as const),
  ];
  for (const [graph, nodes] of graphs)
    for (const node of nodes) {
      const block = appliedBlock(node);
      if (block === undefined) continue;
      const id = graph === "" ? node.id : `${graph}/${node.id}`;
      const site = sites[id];
      const says = node.params.shared === true;
      if ((shared.get(block) ?? says) !== says)
        throw new SharedBlockError(`block "${block}" is applied both shared and not shared, by node "${id}".`, {
          site,
        });
      shared.set(block, says);
      if (says && (home.get(block) ?? graph) !== graph)
        throw new SharedBlockError(
          `shared block "${block}" is applied in ${place(home.get(block)!)} and in ${place(graph)}, by node "${id}". All its applications must stand in one of them.`,
          { site },
        );
      home.set(block, graph);
    }
  for (const [block, graph] of home)
    if (shared.get(block) && graph !== "" && !shared.get(graph))
      throw new SharedBlockError(
        `shared block "${block}" is applied in block "${graph}", which is not shared: each application of "${graph}" would have weights of its own. Share "${graph}" too, or do not share "${block}".`,
      );
};

const place = (graph: string): string => (graph === "" ? "the model" : `block "${graph}"`);
