import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../graph/graph-node.ts";
import { isTensor, nodeOf } from "../graph/handles.ts";
import { HeadFeaturesError } from "./create-head.ts";

/** The input that a head learns from, found among those that its features are made of. */
export const sourceOf = (
  use: string,
  features: GraphNode | undefined,
  of: unknown,
  site: Site | undefined,
): GraphNode | undefined => {
  if (features === undefined) return undefined;
  const inputs = inputsOf(features);
  const name = isTensor(of) ? nodeOf(of).name : of;
  const found = inputs.find((node) => node.name === name);
  if (found !== undefined && (!isTensor(of) || nodeOf(of) === found)) return found;
  const names = inputs.map((node) => node.name!);
  const listed = names.map((one) => `"${one}"`).join(", ");
  const wanted = typeof name === "string" ? `"${name}"` : isTensor(of) ? "a tensor that is no input" : String(of);
  throw new HeadFeaturesError(
    `${use}: of is ${wanted}, but it must be an input that the features are made of: ${listed}.`,
    { site },
  );
};

const inputsOf = (root: GraphNode): readonly GraphNode[] => {
  const seen = new Set<GraphNode>([root]);
  for (const node of seen) for (const input of node.inputs) seen.add(input);
  return [...seen].filter(({ type }) => type === "input");
};
