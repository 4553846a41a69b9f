import type { Site } from "@flaxen/errors";
import * as z from "zod";
import type { Step } from "../nodes/definition.ts";
import { ParameterError } from "../nodes/errors.ts";
import { isPlain, parameterProblem, shown } from "../nodes/parameters.ts";
import { isProblem, type Problem, problem } from "../nodes/problem.ts";
import { userName } from "../nodes/schemas.ts";
import { runSteps } from "../nodes/steps.ts";
import { type BlockHead, defineBlock, definitionsOf, standIn } from "./define-block.ts";
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
  /**
   * Whether a number is put behind the name where another block of the model has it, instead of refusing that: for functions
   * that make blocks. @defaultValue false
   */
  readonly numbered?: boolean;
}

const checked = z.strictObject({
  name: userName,
  shared: z.boolean().default(false),
  numbered: z.boolean().default(false),
});

interface Named extends BlockHead {
  readonly steps: readonly Step[];
  readonly begun: number;
}

/** The block's body for one shape of its input. */
const define = ({ steps, begun, ...head }: Named, like: GraphNode): BlockDefinition | Problem => {
  const input = standIn(like);
  const output = runSteps(steps, input, `block "${head.name}"`, head.site);
  return isProblem(output) ? output : defineBlock(head, input, output, begun);
};

const readArguments = (args: readonly unknown[], site: Site | undefined, begun: number): Named | Problem => {
  const [name, body, options = {}] = args;
  const refuse = (sentence: string) => problem({ error: ParameterError, node: "block", sentence, site });
  if (!isPlain(options)) return refuse(`block: its options must be an object, but they are ${shown(options)}`);
  const read = checked.safeParse({ ...options, name }, { reportInput: true });
  if (!read.success) return { ...parameterProblem("block", read.error.issues[0]!, ["shared", "numbered"]), site };
  const label = `block "${read.data.name}"`;
  if (!isBlock(body))
    return refuse(`block: its body must be a block, or a function that returns one, but it is ${shown(body)}`);
  if (body.ops.length === 0) return refuse(`${label} has no operations`);
  return { ...read.data, source: Symbol(read.data.name), steps: body.ops, site, begun };
};

/**
 * The step that applies a named block as one node.
 *
 * @param begun when its body began to be built
 */
export const namedBlock = (args: readonly unknown[], site: Site | undefined, begun: number): Step | Problem => {
  const named = readArguments(args, site, begun);
  if (isProblem(named)) return named;
  const definitionFor = definitionsOf((input) => define(named, input));
  return {
    name: named.name,
    site,
    apply(input, at) {
      const block = definitionFor(input);
      if (isProblem(block)) return block;
      const { shape, dtype } = block.output;
      const params = { block: named.name, shared: named.shared };
      const inputs = [input, ...block.context];
      return graphNode({ type: "block", params, inputs, shape, dtype, site: at ?? site, block });
    },
  };
};
