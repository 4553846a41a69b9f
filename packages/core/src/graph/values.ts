import { callSite } from "@flaxen/errors";
import type { Method, Step } from "../nodes/definition.ts";
import { methods } from "../nodes/index.ts";
import { isProblem, toError } from "../nodes/problem.ts";
import type { Shape } from "../shapes/index.ts";
import type { GraphNode } from "./graph-node.ts";
import { nodeKey, nodeOf } from "./handles.ts";
import type { AnyTensor, Block } from "./tensor.ts";

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Functions among a call's arguments, called with what stands here. */
const callFunctions = (args: readonly unknown[], here: unknown): readonly unknown[] =>
  args.map((argument) => (typeof argument === "function" ? (argument as (x: unknown) => unknown)(here) : argument));

const onTensor = (method: Method) => {
  function call(this: AnyTensor, ...args: unknown[]): AnyTensor {
    const site = callSite(call);
    const step = method.step(callFunctions(args, this), site);
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
    const step = method.step(callFunctions(args, blockOf([])), site);
    if (isProblem(step)) throw toError(step, site);
    return blockOf([...(this.ops as unknown as readonly Step[]), step]);
  }
  return call;
};

const withMethods = (make: (method: Method) => unknown, other: object): object =>
  Object.freeze({
    ...Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, make(method)])),
    ...other,
  });

const tensorMethods = withMethods(onTensor, {
  [inspect](this: AnyTensor): string {
    const dims = (this.shape as Shape).map((dim) => JSON.stringify(dim)).join(", ");
    return `${this.dtype === "int" ? "IntTensor" : "Tensor"}<[${dims}]>`;
  },
});

const blockMethods = withMethods(onBlock, {
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
