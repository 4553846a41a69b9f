import { trainable, type Weights } from "../nodes/weights.ts";
import { headDefinition } from "./check-heads.ts";
import type { CheckedModel } from "./check-model.ts";
import { weightsOf } from "./infer-graph.ts";

/**
 * The arrays that a model owns, named as in the file of weights: "conv1/kernel", "encoder1/dense1/bias", "digit/kernel".
 *
 * A shared block's stand once, under the block's name.
 */
export const modelWeights = ({ model, types, surroundings }: CheckedModel): Weights => {
  const weights: Record<string, Weights[string]> = { ...weightsOf(model.nodes, "", types, surroundings) };
  for (const [name, head] of Object.entries(model.heads)) {
    const width = headDefinition(name, head).projection(head.params);
    if (width === undefined) continue;
    weights[`${name}/kernel`] = trainable(types.get(head.input)!.shape.at(-1)!, width);
    weights[`${name}/bias`] = trainable(width);
  }
  return weights;
};
