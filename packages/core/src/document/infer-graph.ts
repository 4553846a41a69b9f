import type { BlockRule, Surroundings } from "../nodes/definition.ts";
import { nodes as definitions } from "../nodes/index.ts";
import { inferNode } from "../nodes/infer-node.ts";
import { isProblem, type Problem, toError } from "../nodes/problem.ts";
import type { Weights } from "../nodes/weights.ts";
import type { Value } from "../shapes/index.ts";
import { inputsOf, inputsProblem } from "./block-inputs.ts";
import { blockOrder, sharedBlock } from "./block-order.ts";
import type { BlockDocument, ModelDocument, NodeDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** Shape and dtype of every node, by id; nodes of blocks as "block/id". Shapes begin with the batch axis. */
export type Types = ReadonlyMap<string, Value>;

/** What the nodes of a checked model give. Throws the node's error where one cannot take its operands. */
export const inferModel = (model: ModelDocument, sites: Sites = {}): { types: Types; surroundings: Surroundings } => {
  const types = new Map<string, Value>();
  const rules = new Map<string, BlockRule>();
  const surroundings: Surroundings = { block: (name) => rules.get(name) };
  for (const name of blockOrder(model, sites)) {
    const block = model.blocks[name]!;
    inferNodes(block.nodes, `${name}/`, types, surroundings, sites);
    rules.set(name, blockRule(name, block, types, surroundings));
  }
  inferNodes(model.nodes, "", types, surroundings, sites);
  return { types, surroundings };
};

const inferNodes = (
  nodes: readonly NodeDocument[],
  prefix: string,
  types: Map<string, Value>,
  surroundings: Surroundings,
  sites: Sites,
): void => {
  for (const { id, type, inputs, params } of nodes) {
    const operands = inputs.map((input) => types.get(prefix + input)!);
    const definition = definitions[type as keyof typeof definitions];
    const value = inferNode(definition, operands, params, surroundings);
    if (isProblem(value)) throw toError(atNode(value, prefix + id), sites[prefix + id]);
    types.set(prefix + id, value);
  }
};

const atNode = (problem: Problem, id: string): Problem => ({
  ...problem,
  node: id,
  sentence: `node "${id}": ${problem.sentence}`,
});

const blockRule = (name: string, block: BlockDocument, types: Types, surroundings: Surroundings): BlockRule => {
  const declared = inputsOf(block.nodes).map(({ id }) => types.get(`${name}/${id}`)!);
  const output = types.get(`${name}/${block.output}`)!;
  return {
    infer: (inputs) => inputsProblem(name, declared, inputs) ?? output,
    weights: () => weightsOf(block.nodes, `${name}/`, types, surroundings),
  };
};

/**
 * The arrays of one graph's nodes, named `<id>/<weight>`.
 *
 * Those of a shared block stand once, under the block's own name.
 */
export const weightsOf = (
  nodes: readonly NodeDocument[],
  prefix: string,
  types: Types,
  surroundings: Surroundings,
): Weights => {
  const weights: Record<string, Weights[string]> = {};
  for (const node of nodes) {
    const operands = node.inputs.map((input) => types.get(prefix + input)!);
    const definition = definitions[node.type as keyof typeof definitions];
    const label = sharedBlock(node) ?? node.id;
    const own = definition.weights(operands, node.params, surroundings);
    for (const [name, weight] of Object.entries(own)) weights[`${label}/${name}`] = weight;
  }
  return weights;
};
