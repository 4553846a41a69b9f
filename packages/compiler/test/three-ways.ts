import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type AnyTensor,
  data,
  nodes as definitions,
  experiment,
  type GraphNode,
  head,
  model,
  type NodeDocument,
  nodeOf,
  type Tensor,
  tensorOf,
  typesOf,
  unknownSize,
  type Value,
} from "@flaxen/core";
import { readCall } from "../../core/src/nodes/call.ts";
import type { NodeDefinition } from "../../core/src/nodes/definition.ts";
import { isProblem } from "../../core/src/nodes/problem.ts";
import { evaluate, type Program } from "../../core/test/random-programs.ts";
import type { Refusal } from "../../core/test/refusals.ts";
import { compile } from "../src/compile.ts";
import { printModule } from "../src/model/module.ts";
import { withoutMarks } from "../src/python/marks.ts";
import { statementsText } from "../src/python/statement.ts";
import { item, name } from "../src/python/tree.ts";
import { runtimeFiles } from "../src/runtime/files.generated.ts";
import { output, python } from "./python.ts";

/** A class "Net" of Python, and what it is called with. */
export interface Look {
  readonly text: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly hp: Readonly<Record<string, unknown>>;
  /** Whether it is a model with the head "out", which reads every value by itself, perhaps through an embedding. */
  readonly head: boolean;
  readonly embedded?: boolean;
}
/** Shape and dtype in prediction and in training, or the error's line. */
export type Seen = readonly [Given, Given] | string;
type Given = readonly [shape: readonly number[], dtype: string];

/** What `jax.eval_shape` says about each class: one process for all. */
export const look = (looks: readonly Look[]): readonly Seen[] => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-three-ways-"));
  try {
    for (const [path, text] of Object.entries(runtimeFiles)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const script = join(import.meta.dirname, "three_ways.py");
    return JSON.parse(output(python, ["-B", script, folder], { input: JSON.stringify(looks) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const withoutNode = ({ shape, dtype }: Value): Value => ({ shape, dtype });

const inputsOf = (root: GraphNode): readonly GraphNode[] => {
  const seen = new Set<GraphNode>();
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop())
    if (!seen.has(node)) {
      seen.add(node);
      waiting.push(...node.inputs);
    }
  return [...seen].filter(({ type }) => type === "input");
};

export interface Compiled {
  readonly look: Look;
  readonly types: readonly string[];
  /** Whether some size is known to nobody before the data is seen. */
  readonly open: boolean;
}

/** A whole model whose head reads each value of what a program gives by itself. */
export const compiled = (tensor: AnyTensor): Compiled => {
  const embedded = tensor.dtype === "int";
  const values = (embedded
    ? (tensor as any).embedding({ vocab: 3, features: 1 })
    : (tensor as any).expandDims(-1)) as unknown as Tensor;
  const nodes = inputsOf(nodeOf(values));
  const inputs = Object.fromEntries(nodes.map((node) => [node.name!, tensorOf(node)]));
  const net = model({ name: "net", inputs, heads: { out: head.regression(values) } });
  const files = Object.fromEntries([...Object.keys(inputs), "out"].map((column) => [column, `${column}.idx`]));
  const { document } = experiment(net, { data: data.idx({ train: files }), steps: 1 });
  const { program, config } = compile(document);
  const all = [document.model, ...Object.values(document.model.blocks)].flatMap((part) => part.nodes);
  return {
    look: {
      text: program.files["model.py"]!,
      inputs: Object.fromEntries(nodes.map((node) => [node.name!, withoutNode(node)])),
      hp: (config as { readonly hyperparameters: Look["hp"] }).hyperparameters,
      head: true,
      embedded,
    },
    types: all.map(({ type }) => type),
    open: [...typesOf(document.model).values()].some(({ shape }) => shape.includes(unknownSize)),
  };
};

/** A call that a program ended in: a node with operands that its rule refuses. */
export interface Misfit {
  readonly node: NodeDocument;
  readonly operands: readonly Value[];
}

const operandsFirst = ({ positional }: NodeDefinition, args: readonly unknown[]): readonly unknown[] => {
  const [first, rest] = [args.slice(0, positional.length), args.slice(positional.length)];
  return [rest[0], ...first, ...rest.slice(1)];
};

/** The misfitting node of a program, unless it stands in a block or its parameters alone are wrong. */
export const misfitOf = ({ misfit }: Program): Misfit | undefined => {
  const [, from, method] = /^(\w+)\.(\w+)\(/.exec(misfit?.text ?? "") ?? [];
  const definition =
    method === undefined ? undefined : (definitions[method as keyof typeof definitions] as NodeDefinition | undefined);
  if (!misfit || !definition || !from) return undefined;
  let args: readonly unknown[] | undefined;
  const recorder = {
    [method!]: (...given: readonly unknown[]) => {
      args = given;
    },
  };
  // The tensor may be an operand of its own call.
  evaluate(`recorder${misfit.text.slice(from.length)}`, { ...misfit.values, recorder });
  const call = args && readCall(definition, definition.parametersFirst ? operandsFirst(definition, args) : args);
  if (!call || isProblem(call)) return undefined;
  const operands = [nodeOf(misfit.values[from]!), ...call.operands].map(withoutNode);
  const inputs = operands.map((_, place) => `x${place}`);
  return { node: { id: "made", type: method!, inputs, params: call.params as NodeDocument["params"] }, operands };
};

/** What JAX is asked about a program that is written down as refused; undefined where there is no Python to ask about. */
export const refusedAnyway = ({ refused, fits, params, python }: Refusal): Look | undefined => {
  if (!fits) {
    const misfit = misfitOf(refused);
    return misfit && printedAnyway(misfit);
  }
  if (params) {
    const { type, inputs, params: right } = nodeOf(fits.tensor!);
    for (const name of Object.keys(params)) if (!(name in right)) throw new Error(`${type} has no parameter ${name}`);
    const operands = inputs.map(withoutNode);
    const wrong = { ...right, ...params } as NodeDocument["params"];
    return printedAnyway({
      node: { id: "made", type, inputs: operands.map((_, place) => `x${place}`), params: wrong },
      operands,
    });
  }
  const { look } = compiled(fits.tensor!);
  if (python) {
    const text = look.text.replace(...python);
    if (text === look.text) throw new Error(`${python[0]} is not in\n${look.text}`);
    return { ...look, text };
  }
  const given = Object.keys(look.inputs).map((name) => [name, withoutNode(nodeOf(refused.misfit!.values[name]!))]);
  return { ...look, inputs: Object.fromEntries(given) };
};

const imports = "import jax\nimport jax.numpy as jnp\nfrom flax import nnx\n\nfrom flaxen import ops\n\n\n";

/** The node alone, printed in spite of its rule; undefined where Python has no literal for what is wrong. */
export const printedAnyway = (misfit: Misfit): Look | undefined => {
  try {
    return printedNode(misfit);
  } catch (error) {
    // A size that is a name, or half a number, where a whole number must stand.
    if (error instanceof Error && / is no integer$/.test(error.message)) return undefined;
    throw error;
  }
};

const printedNode = ({ node, operands }: Misfit): Look => {
  const inputs = Object.fromEntries(node.inputs.map((id, place) => [id, operands[place]!]));
  const entries = node.inputs.map((id): NodeDocument => ({ id, type: "input", inputs: [], params: {} }));
  const { statement } = printModule({
    className: "Net",
    nodes: [...entries, node],
    typeOf: (id) => inputs[id] ?? operands[0]!,
    markOf: (id) => id,
    hyperparameter: (_, parameter) => item(name("hp"), parameter),
    block: () => {
      throw new Error("no blocks here");
    },
    outputs: [node.id],
  });
  const { text } = withoutMarks("model.py", imports + statementsText([statement]));
  const hp = Object.fromEntries(Object.entries(node.params).filter(([, value]) => typeof value === "number"));
  return { text, inputs, hp, head: false };
};
