import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import { type GraphNode, graphNode } from "../graph/graph-node.ts";
import { type Call, readCall } from "./call.ts";
import type { NodeDefinition, NodeSpecification, Step } from "./definition.ts";
import { usualFlops } from "./flops.ts";
import { alone, inferNode } from "./infer-node.ts";
import { isProblem, type Problem } from "./problem.ts";

const build = (
  definition: NodeDefinition,
  { params, name }: Call,
  inputs: readonly GraphNode[],
  site?: Site,
): GraphNode | Problem => {
  const value = inferNode(definition, inputs, params);
  if (isProblem(value)) return { ...value, node: name ?? definition.name, site };
  return graphNode({ type: definition.name, params, inputs, shape: value.shape, dtype: value.dtype, site, name });
};

const stepOf = (definition: NodeDefinition, args: readonly unknown[], site?: Site): Step | Problem => {
  const call = readCall(definition, args);
  if (isProblem(call)) return { ...call, site };
  return {
    name: definition.name,
    site,
    apply: (input) => build(definition, call, [input, ...call.operands], site),
  };
};

/** A node without operands, such as an input. */
export const sourceNode = (definition: NodeDefinition, args: readonly unknown[], site?: Site): GraphNode | Problem => {
  const call = readCall(definition, args);
  return isProblem(call) ? { ...call, site } : build(definition, call, [], site);
};

/**
 * The only way a kind of node comes to be.
 *
 * From the specification are derived: the checks of a call's arguments and of a document's parameters, the method
 * of tensors and blocks, the JSON Schema and the catalogue entry, the roles of parameters, the count of weights.
 */
export const defineNode = <Schema extends z.ZodObject>(specification: NodeSpecification<Schema>): NodeDefinition => {
  const definition: NodeDefinition = {
    positional: [],
    parametersFirst: false,
    named: "never",
    normalise: (given: Readonly<Record<string, unknown>>) => given,
    weights: () => ({}),
    flops: (inputs, output, params) => {
      const passes = definition.ports.some((port) => port.passes);
      return usualFlops(passes, definition.weights(inputs, params, alone), inputs, output);
    },
    ...(specification as NodeSpecification<any>),
    step: (args, site) => stepOf(definition, args, site),
  };
  return Object.freeze(definition);
};
