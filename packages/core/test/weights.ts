import { nodeOf, type Typed } from "../src/graph/index.ts";
import { nodeDefinition } from "../src/nodes/index.ts";

/** Shapes of the arrays that a tensor's node owns. */
export const weightShapes = (tensor: Typed): Record<string, readonly unknown[]> => {
  const { type, inputs, params } = nodeOf(tensor);
  const weights = nodeDefinition(type)!.weights(inputs, params, { block: () => undefined });
  return Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape]));
};
