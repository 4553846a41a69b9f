import {
  appliedBlock,
  type ExperimentDocument,
  type HeadDocument,
  modelWeights,
  type NodeDocument,
  parseDocument,
  sharedBlock,
} from "@flaxen/core";
import { attributesOf } from "./model/attributes.ts";
import { ordered } from "./model/order.ts";

/**
 * What a model's arrays are called in the file of weights, by their names in the document:
 * "inkCentre/kernel" -> "ink_centre/kernel", "class/bias" -> "class_/bias".
 *
 * The keys are those of `modelWeights`, in its order. Data and training need not be in the document.
 */
export const weightNames = (document: ExperimentDocument): ReadonlyMap<string, string> => {
  const checked = parseDocument(document);
  const { model } = checked;
  const owners = new Map<string, string>();
  const walk = (nodes: readonly NodeDocument[], heads: readonly HeadDocument[], from: string, to: string): void => {
    const attributes = attributesOf(ordered(nodes), heads);
    for (const [head, attribute] of attributes.heads) owners.set(from + head, to + attribute);
    for (const node of nodes) {
      const attribute = attributes.nodes.get(node.id);
      const owner = from + (sharedBlock(node) ?? node.id);
      if (attribute === undefined || owners.has(owner)) continue;
      owners.set(owner, to + attribute);
      const block = appliedBlock(node);
      if (block !== undefined) walk(model.blocks[block]!.nodes, [], `${owner}/`, `${to}${attribute}/`);
    }
  };
  walk(model.nodes, model.heads, "", "");
  return new Map(
    Object.keys(modelWeights(checked)).map((weight) => {
      const slash = weight.lastIndexOf("/");
      return [weight, owners.get(weight.slice(0, slash))! + weight.slice(slash)];
    }),
  );
};
