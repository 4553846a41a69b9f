import type { Site } from "@flaxen/errors";
import * as z from "zod";
import { type BlockHead, defineBlock, definitionsOf, standIn } from "../../graph/define-block.ts";
import { type BlockDefinition, type GraphNode, graphNode, isOlder, now } from "../../graph/graph-node.ts";
import type { Fits, Op, Then } from "../../graph/op.ts";
import { isOwnBody, type OwnBody } from "../../graph/own-body.ts";
import { returned } from "../../graph/returned.ts";
import { defineNode } from "../define-node.ts";
import type { Step } from "../definition.ts";
import { ParameterError } from "../errors.ts";
import { isPlain, parameterProblem, shown } from "../parameters.ts";
import { isProblem, type Problem, problem, within } from "../problem.ts";
import { role } from "../role.ts";
import { size, userName } from "../schemas.ts";
import type { Weights } from "../weights.ts";
import type { Unless, WrongSize } from "../wrong.ts";
import { type Body, type Branch, readBranch, type Through } from "./body.ts";
import { changed, type Kept, repeated } from "./kept.ts";

const parameters = z.strictObject({
  /** The block's name in the document. */
  block: role.structure(userName),
  times: role.structure(size),
  /** Whether all repetitions use the same weights. */
  shared: role.structure(z.boolean().default(false)),
});

const definition = defineNode({
  name: "repeat",
  stem: "layers",
  doc: "Applies a block several times, one after another, each time with weights of its own; the block keeps the shape.",
  ports: [{ name: "x", dtype: "any", many: true }],
  parameters,
  positional: ["times", "block"],
  named: "maybe",
  infer(inputs, params, { block }) {
    const out = block(params.block)?.infer(inputs) ?? `there is no block "${params.block}"`;
    if (typeof out === "string") return out;
    return changed("repeat", "block", inputs[0]!, out)?.sentence ?? repeated(inputs[0]!, out);
  },
  weights: (_, { block: name, times, shared }, { block }) =>
    numbered(block(name)?.weights() ?? {}, shared ? 1 : times, shared),
});

const numbered = (weights: Weights, times: number, shared: boolean): Weights => {
  if (shared) return weights;
  const all: Record<string, Weights[string]> = {};
  for (let place = 0; place < times; place++)
    for (const [name, weight] of Object.entries(weights)) all[`${place}/${name}`] = weight;
  return all;
};

const options = z.strictObject({ times: size, name: userName.optional() });

interface Call {
  readonly times: number;
  readonly name: string | undefined;
  readonly body: Pick<OwnBody, "input" | "output" | "begun">;
}

const readArguments = ([times, body, given = {}, ...more]: readonly unknown[]): Call | Problem => {
  const refuse = (sentence: string) => problem({ error: ParameterError, node: "repeat", sentence });
  if (more.length) return refuse(`repeat takes 3 arguments, but it has ${3 + more.length}`);
  if (!isPlain(given)) return refuse(`repeat: its options must be an object, but they are ${shown(given)}`);
  const read = options.safeParse({ ...given, times }, { reportInput: true });
  if (!read.success) return parameterProblem("repeat", read.error.issues[0]!, ["name"]);
  const own = isOwnBody(body)
    ? { ...body, output: returned(body.output) }
    : { input: undefined, output: body, begun: now() };
  return { times: read.data.times, name: read.data.name, body: own };
};

/** `encoder` repeats an `encoderLayer`, `decoderLayers` a `decoderLayer`. */
export const bodyName = (name: string | undefined): string => {
  if (name === undefined) return "layer";
  return /[a-z](layers|blocks|stages)$|^(layers|blocks|stages)$/i.test(name)
    ? name.slice(0, -1)
    : `${name.slice(0, 59)}Layer`;
};

const isOutside = (context: readonly GraphNode[], input: GraphNode, begun: number): boolean =>
  context.every((node) => node !== input && (node.type === "input" || isOlder(node, begun)));

const stepOf = (args: readonly unknown[], site: Site | undefined): Step | Problem => {
  const call = readArguments(args);
  if (isProblem(call)) return { ...call, site };
  const { times, name, body } = call;
  const branch = readBranch("repeat", "block", body.output, site);
  if (isProblem(branch)) return branch;
  const head: BlockHead = { name: bodyName(name), numbered: true, shared: false, source: Symbol("layer"), site };

  const build = (like: GraphNode): BlockDefinition | Problem => {
    const input = body.input ?? standIn(like);
    const output = branch(input, site);
    if (isProblem(output)) return within("repeat", output);
    const misfit = changed("repeat", "block", input, output);
    if (misfit) return { ...misfit, site };
    // A body that is nothing but a named block needs no class around it.
    const only = output.type === "block" && output.inputs[0] === input ? output.block! : undefined;
    return only && isOutside(only.context, input, body.begun) ? only : defineBlock(head, input, output, body.begun);
  };
  const definitionFor = definitionsOf(build);
  return {
    name: "repeat",
    site,
    apply(input) {
      const block = definitionFor(input);
      if (isProblem(block)) return block;
      const params = { block: block.name, times, shared: block.shared };
      return graphNode({
        type: "repeat",
        params,
        inputs: [input, ...block.context],
        ...repeated(input, block.output),
        site,
        name,
        block,
      });
    },
  };
};

/** A loop over one class: what it prints does not grow with the count. */
export const repeat = Object.freeze({ ...definition, functions: "own body", step: stepOf });

export interface Repeat<B> extends Op {
  readonly is: ["repeat", B];
  readonly out: Kept<"repeat", "block", Through<B, this["in"]>, this["in"], true>;
}

export interface RepeatOptions {
  /** The layers' id in documents and files of weights: "encoder/0/dense1/kernel". */
  readonly name?: string;
}

export interface RepeatMethod {
  /**
   * Applies a block several times, one after another, each time with weights of its own. The block keeps the shape; an axis
   * whose size it does not tell is of unknown size.
   *
   * Prints one class and a loop, however many times that is. A block of `graph.block` gives the class its name; one that is
   * shared has one set of weights for all repetitions. Tensors from outside that the block reads are handed to every
   * repetition.
   *
   * @param times how often, at least once
   * @param block one that keeps shape and dtype, or a function of a tensor that does
   * @example x.repeat(12, graph.residual(graph.layerNorm().dense(64).gelu())) // [batch, 64] as before
   * @example x.repeat(6, (h) => h.dense(64).add(context), { name: "decoder" })
   */
  repeat<Self, const Times extends number, B extends Branch<Self>>(
    this: Self,
    times: Unless<WrongSize<"repeat: times", Times>, Times>,
    block: Fits<Self, Repeat<Body<B>>, B>,
    options?: RepeatOptions,
  ): Then<Self, Repeat<Body<B>>>;
}
