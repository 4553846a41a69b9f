import { appliedBlock, type ModelDocument, type NodeDocument, sharedBlock, type Weights } from "@flaxen/core";

/** A layer that owns arrays. */
export interface Layer {
  /** "encoder/dense1", "blocks/0/attention1"; a head's projection is called as the head. */
  readonly name: string;
  /** A node's type; "dense" for a head's projection. */
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Its arrays, by what follows its name: "kernel", "query/bias". */
  readonly weights: Weights;
}

/** The layers of a model, in the order of `weights`, which are the model's arrays. */
export const layersOf = (model: ModelDocument, weights: Weights): readonly Layer[] => {
  const found = new Map<string, { type: string; params: Layer["params"] }>();
  const walk = (nodes: readonly NodeDocument[], prefix: string): void => {
    for (const node of nodes) {
      const owner = prefix + (sharedBlock(node) ?? node.id);
      const block = appliedBlock(node);
      if (block === undefined) found.set(owner, node);
      else {
        const inner = model.blocks[block]!.nodes;
        const places =
          node.type === "repeat" && node.params.shared !== true ? (node.params.times as number) : undefined;
        if (places === undefined) walk(inner, `${owner}/`);
        else for (let place = 0; place < places; place++) walk(inner, `${owner}/${place}/`);
      }
    }
  };
  walk(model.nodes, "");
  for (const { name } of model.heads) found.set(name, { type: "dense", params: {} });
  const layers = new Map<string, { -readonly [Key in keyof Layer]: Layer[Key] }>();
  for (const [weight, array] of Object.entries(weights)) {
    const parts = weight.split("/");
    const length = parts.findLastIndex((_, end) => found.has(parts.slice(0, end).join("/")));
    const name = parts.slice(0, length).join("/");
    const layer = layers.get(name) ?? { name, ...found.get(name)!, weights: {} };
    layers.set(name, { ...layer, weights: { ...layer.weights, [parts.slice(length).join("/")]: array } });
  }
  return [...layers.values()];
};
