import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../graph/graph-node.ts";
import type { AnyHead } from "../heads/define-head.ts";
import { createFreezer } from "./freeze-graph.ts";
import { nameKey } from "./names.ts";
import type { HeadDocument, ModelDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** Turns the graph behind a model's heads into its document: ids are made here. */
export const freezeModel = (
  name: string,
  heads: Readonly<Record<string, AnyHead>>,
): { readonly model: ModelDocument; readonly sites: Sites; readonly inputs: readonly GraphNode[] } => {
  const freezer = createFreezer();
  const entries = Object.entries(heads);
  const { nodes, ids } = freezer.freeze(
    entries.map(([, { features }]) => features),
    "",
    new Map(entries.map(([head]) => [nameKey(head), `head "${head}"`])),
  );
  const sites = new Map<string, Site>(freezer.sites);
  for (const [head, { site }] of entries) if (site) sites.set(head, site);
  const documents = entries.map(
    ([head, { type, features, params }]): HeadDocument => ({
      name: head,
      type,
      input: ids.get(features)!,
      params: params as HeadDocument["params"],
    }),
  );
  return {
    model: { name, blocks: Object.fromEntries(freezer.blocks), nodes: [...nodes], heads: documents },
    sites: Object.fromEntries(sites),
    inputs: [...ids.keys()].filter(({ type }) => type === "input"),
  };
};
