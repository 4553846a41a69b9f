import { depthFirst } from "./depth-first.ts";
import { CycleError, UnknownBlockError } from "./errors.ts";
import { own } from "./json.ts";
import type { ModelDocument, NodeDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** The block that a node applies, or undefined. */
export const appliedBlock = (node: NodeDocument): string | undefined =>
  node.type === "block" || node.type === "repeat" ? (node.params.block as string) : undefined;

/** The block that a node applies with the weights of all its applications, or undefined. */
export const sharedBlock = (node: NodeDocument): string | undefined =>
  node.params.shared === true ? appliedBlock(node) : undefined;

/** The names of the blocks that the model applies, each after the blocks that it applies itself. */
export const blockOrder = (
  model: { readonly nodes: readonly NodeDocument[]; readonly blocks: ModelDocument["blocks"] },
  sites: Sites = {},
): readonly string[] => {
  const applied = (nodes: readonly NodeDocument[], prefix: string): readonly string[] =>
    nodes.flatMap((node) => {
      const block = appliedBlock(node);
      if (block === undefined) return [];
      if (own(model.blocks, block) === undefined)
        throw new UnknownBlockError(`node "${prefix}${node.id}"`, block, Object.keys(model.blocks), {
          site: sites[prefix + node.id],
        });
      return [block];
    });
  const inside = new Map(Object.entries(model.blocks).map(([name, { nodes }]) => [name, applied(nodes, `${name}/`)]));
  return depthFirst(
    applied(model.nodes, ""),
    (name) => inside.get(name)!,
    (path) => new CycleError(path.map((name) => `block ${name}`)),
  );
};
