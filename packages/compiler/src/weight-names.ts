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
import { snakeCase } from "./python/names.ts";

/** "/0", "/1", ... for each repetition with weights of its own. */
const placesOf = ({ type, params }: NodeDocument): readonly string[] =>
  type === "repeat" && params.shared !== true
    ? Array.from({ length: params.times as number }, (_, place) => `/${place}`)
    : [""];

/**
 * What a model's arrays are called in the file of weights, by their names in the document:
 * "inkCentre/kernel" -> "ink_centre/kernel", "class/bias" -> "class_/bias", "gru1/forward/recurrentKernel" ->
 * "gru1/forward/recurrent_kernel".
 *
 * The keys are those of `modelWeights`, in its order. Data and training need not be in the document.
 */
export const weightNames = (document: ExperimentDocument): ReadonlyMap<string, string> => {
  const checked = parseDocument(document, {}, { allowCode: true });
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
      if (block === undefined) continue;
      for (const place of placesOf(node)) {
        if (place !== "") owners.set(owner + place, to + attribute + place);
        walk(model.blocks[block]!.nodes, [], `${owner}${place}/`, `${to}${attribute}${place}/`);
      }
    }
  };
  walk(model.nodes, model.heads, "", "");
  return new Map(
    Object.keys(modelWeights(checked)).map((weight) => {
      const parts = weight.split("/");
      const length = parts.findLastIndex((_, end) => owners.has(parts.slice(0, end).join("/")));
      const own = parts.slice(length).map((part) => `/${snakeCase(part)}`);
      return [weight, owners.get(parts.slice(0, length).join("/"))! + own.join("")];
    }),
  );
};
