import { trainable, type Weights } from "../nodes/weights.ts";
import { headDefinition } from "./check-heads.ts";
import type { CheckedModel } from "./check-model.ts";
import { weightsOf } from "./infer-graph.ts";

/**
 * The arrays that a model owns, by the document's names: "conv1/kernel", "encoder1/dense1/bias", "inkCentre/kernel".
 *
 * A shared block's stand once, under the block's name. What they are called in the file of weights is the compiler's to
 * say (`weightNames`): its names are those of the attributes in model.py.
 */
export const modelWeights = ({ model, types, surroundings }: CheckedModel): Weights => {
  const weights: Record<string, Weights[string]> = { ...weightsOf(model.nodes, "", types, surroundings) };
  for (const head of model.heads) {
    const { name } = head;
    const width = headDefinition(head).projection(head.params);
    if (width === undefined) continue;
    weights[`${name}/kernel`] = trainable(types.get(head.input)!.shape.at(-1)!, width);
    weights[`${name}/bias`] = trainable(width);
  }
  return weights;
};
