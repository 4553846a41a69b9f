import type { Site } from "@flaxen/errors";
import { z } from "zod";
import type { Step } from "../nodes/definition.ts";
import { BlockScopeError, ParameterError } from "../nodes/errors.ts";
import { isPlain, parameterProblem, shown } from "../nodes/parameters.ts";
import { isProblem, type Problem, problem } from "../nodes/problem.ts";
import { userName } from "../nodes/schemas.ts";
import { runSteps } from "../nodes/steps.ts";
import { show } from "../shapes/index.ts";
import { type BlockDefinition, type GraphNode, graphNode } from "./graph-node.ts";
import { isBlock } from "./handles.ts";
import type { Op, Run } from "./op.ts";

/** A named block: one rule, its misfits told with the block's name. */
export interface NamedBlock<Name extends string, Ops extends readonly Op[]> extends Op {
  readonly is: ["block", Name, Ops];
  readonly out: Run<Ops, this["in"], `block "${Name}"`>;
}

export interface BlockOptions {
  /** All applications use the same weights. @defaultValue false */
  readonly shared?: boolean;
}

const checked = z.strictObject({ name: userName, shared: z.boolean().default(false) });

/** A node without operands that the output depends on, other than the body's own input. */
const findOutsider = (output: GraphNode, own: GraphNode): GraphNode | undefined => {
  const seen = new Set<GraphNode>([own]);
  const waiting = [output];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.inputs.length === 0) return node;
    waiting.push(...node.inputs);
  }
  return undefined;
};

interface Named {
  readonly name: string;
  readonly shared: boolean;
  readonly source: symbol;
  readonly steps: readonly Step[];
  readonly site: Site | undefined;
}

/** The block's body for one shape of its input. */
const define = ({ steps, ...named }: Named, { shape, dtype }: GraphNode): BlockDefinition | Problem => {
  const input = graphNode({
    type: "input",
    params: { shape: shape.slice(1), dtype },
    inputs: [],
    shape: ["batch", ...shape.slice(1)],
    dtype,
    name: "x",
  });
  const output = runSteps(steps, input, `block "${named.name}"`, named.site);
  if (isProblem(output)) return output;
  const outsider = findOutsider(output, input);
  if (!outsider) return Object.freeze({ ...named, input, output });
  const sentence = `block "${named.name}" reads "${outsider.name ?? outsider.type}", which lies outside of it: a named block has one input`;
  return problem({ error: BlockScopeError, node: named.name, sentence, site: named.site });
};

const readArguments = (args: readonly unknown[], site: Site | undefined): Named | Problem => {
  const [name, body, options = {}] = args;
  const refuse = (sentence: string) => problem({ error: ParameterError, node: "block", sentence, site });
  if (!isPlain(options)) return refuse(`block: its options must be an object, but they are ${shown(options)}`);
  const read = checked.safeParse({ ...options, name }, { reportInput: true });
  if (!read.success) return { ...parameterProblem("block", read.error.issues[0]!, ["shared"]), site };
  const label = `block "${read.data.name}"`;
  if (!isBlock(body))
    return refuse(`block: its body must be a block, or a function that returns one, but it is ${shown(body)}`);
  if (body.ops.length === 0) return refuse(`${label} has no operations`);
  return { ...read.data, source: Symbol(read.data.name), steps: body.ops, site };
};

/** The step that applies a named block as one node. */
export const namedBlock = (args: readonly unknown[], site: Site | undefined): Step | Problem => {
  const named = readArguments(args, site);
  if (isProblem(named)) return named;
  const definitions = new Map<string, BlockDefinition | Problem>();
  return {
    name: named.name,
    site,
    apply(input, at) {
      const key = `${input.dtype} ${show(input.shape)}`;
      const definition = definitions.get(key) ?? define(named, input);
      definitions.set(key, definition);
      if (isProblem(definition)) return definition;
      const { shape, dtype } = definition.output;
      const params = { block: named.name, shared: named.shared };
      return graphNode({ type: "block", params, inputs: [input], shape, dtype, site: at ?? site, block: definition });
    },
  };
};
