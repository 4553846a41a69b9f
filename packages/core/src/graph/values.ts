import { callSite } from "@flaxen/errors";
import type { Method, Step } from "../nodes/definition.ts";
import { ParameterError } from "../nodes/errors.ts";
import { methods } from "../nodes/index.ts";
import { isPlain } from "../nodes/parameters.ts";
import { isProblem, problem, toError } from "../nodes/problem.ts";
import { readNamedBranches } from "../nodes/structure/branch.ts";
import { splitInBlock, splitNode } from "../nodes/structure/split.ts";
import type { Shape } from "../shapes/index.ts";
import type { GraphNode } from "./graph-node.ts";
import { isTensor, nodeKey, nodeOf } from "./handles.ts";
import { ownBody } from "./own-body.ts";
import { returned } from "./returned.ts";
import type { AnyTensor, Block } from "./tensor.ts";

const inspect = Symbol.for("nodejs.util.inspect.custom");

type Callback = (x: unknown) => unknown;

/** Functions among a call's arguments, called with what stands here. */
const callFunctions = (
  functions: Method["functions"],
  args: readonly unknown[],
  here: AnyTensor | Block,
): readonly unknown[] =>
  args.map((argument) => {
    if (functions === "branches" && Array.isArray(argument)) return callFunctions("branch", argument, here);
    if (typeof argument !== "function") return argument;
    const body = argument as Callback;
    if (functions === "branch") return returned(body(here));
    if (functions !== "own body") return body(here);
    return ownBody(isTensor(here) ? nodeOf(here) : undefined, (input) => body(input ? tensorOf(input) : here));
  });

const onTensor = (method: Method) => {
  function call(this: AnyTensor, ...args: unknown[]): AnyTensor {
    const site = callSite(call);
    const step = method.step(callFunctions(method.functions, args, this), site);
    if (isProblem(step)) throw toError(step, site);
    const node = step.apply(nodeOf(this), site);
    if (isProblem(node)) throw toError(node, site);
    return tensorOf(node);
  }
  return call;
};

const onBlock = (method: Method) => {
  function call(this: Block, ...args: unknown[]): Block {
    const site = callSite(call);
    const step = method.step(callFunctions(method.functions, args, blockOf([])), site);
    if (isProblem(step)) throw toError(step, site);
    return blockOf([...(this.ops as unknown as readonly Step[]), step]);
  }
  return call;
};

/** A method that gives several tensors, as `split` does. */
function branchTensor(this: AnyTensor, given: unknown, ...more: unknown[]): Readonly<Record<string, AnyTensor>> {
  const site = callSite(branchTensor);
  const called = isPlain(given)
    ? Object.fromEntries(Object.entries(given).map(([name, one]) => [name, callFunctions("branch", [one], this)[0]]))
    : given;
  const branches = readNamedBranches([called, ...more], site);
  if (isProblem(branches)) throw toError(branches, site);
  const outs = branches(nodeOf(this));
  if (isProblem(outs)) throw toError(outs, site);
  return Object.freeze(Object.fromEntries(Object.entries(outs).map(([name, node]) => [name, tensorOf(node)])));
}

function splitTensor(this: AnyTensor, ...args: unknown[]): readonly AnyTensor[] {
  const site = callSite(splitTensor);
  const parts = splitNode(nodeOf(this), args, site);
  if (isProblem(parts)) throw toError(parts, site);
  return Object.freeze(parts.map(tensorOf));
}

function splitBlock(): never {
  throw toError(problem({ error: ParameterError, node: "split", sentence: splitInBlock }), callSite(splitBlock));
}

function branchBlock(): never {
  const site = callSite(branchBlock);
  const sentence = "branch gives several tensors, which no block can: use parallel, or call it inside of a function";
  throw toError(problem({ error: ParameterError, node: "branch", sentence }), site);
}

const withMethods = (make: (method: Method) => unknown, other: object): object =>
  Object.freeze({
    ...Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, make(method)])),
    ...other,
  });

const tensorMethods = withMethods(onTensor, {
  branch: branchTensor,
  split: splitTensor,
  [inspect](this: AnyTensor): string {
    const dims = (this.shape as Shape).map((dim) => JSON.stringify(dim)).join(", ");
    return `${this.dtype === "int" ? "IntTensor" : "Tensor"}<[${dims}]>`;
  },
});

const blockMethods = withMethods(onBlock, {
  branch: branchBlock,
  split: splitBlock,
  [inspect](this: Block): string {
    return `Block<[${(this.ops as unknown as readonly Step[]).map((step) => step.name).join(", ")}]>`;
  },
});

/** The tensor of the DSL that a node gives. */
export const tensorOf = (node: GraphNode): AnyTensor =>
  Object.freeze(
    Object.assign(Object.create(tensorMethods), { shape: node.shape, dtype: node.dtype, [nodeKey]: node }),
  ) as AnyTensor;

/** The block of the DSL that applies these steps; `more` are properties of its own. */
export const blockOf = (steps: readonly Step[], more: object = {}): Block =>
  Object.freeze(Object.assign(Object.create(blockMethods), { ops: Object.freeze(steps), ...more })) as Block;
