import { graph, type NodeDefinition } from "../../packages/core/src/index.ts";
import { FlaxenError } from "../../packages/errors/src/index.ts";
import { mistakes } from "../../packages/flaxen/src/mistakes/mistakes.ts";
import { given, withoutTexts } from "./program.ts";

/** Mistakes that say more about a node than a tensor that does not fit. */
const chosen: Readonly<Record<string, string>> = {
  argmax: "row.argmax(2);",
  argmin: "row.argmin(2);",
  block: 'words.pipe(graph.block("encoder", graph.dense(64).relu()));',
  cast: 'row.cast("int32");',
  clip: "row.clip(1);",
  constant: "graph.constant([[1, 2], [3]]);",
  cumsum: "row.cumsum(2);",
  dropPath: "row.dropPath(20);",
  expandDims: "row.expandDims(3);",
  gaussianDropout: "row.gaussianDropout(20);",
  gaussianNoise: "row.gaussianNoise(-1);",
  greater: "sentence.greater(row);",
  layerNorm: 'graph.input("steps", ["time", 8]).flatten().layerNorm();',
  leakyRelu: "row.leakyRelu({ alpha: 0.2 });",
  logSumExp: "row.logSumExp(2);",
  min: "row.min(2);",
  norm: "row.norm(2);",
  softmax: "row.softmax({ axis: 1 });",
  subtract: "sentence.subtract(row);",
  sum: "image.sum(4);",
};

/** The method whose result a piece of code gives. */
const lastMethod = (code: string): string | undefined => {
  let [text, before] = [withoutTexts(code), ""];
  while (text !== before) [text, before] = [text.replace(/\([^()]*\)/g, "$"), text];
  return /\.(\w+)\$;$/.exec(text)?.[1];
};

const common = [...mistakes.Shapes!, ...mistakes["Building a model"]!];

/** The call of a method in an example: "conv2d(32, { kernel: 3 })". */
const callIn = (name: string, example: string): string | undefined => {
  const start = example.search(new RegExp(`(?<=\\.)${name}\\(`));
  if (start < 0) return undefined;
  let depth = 0;
  for (let end = start; end < example.length; end++) {
    if (example[end] === "(") depth++;
    else if (example[end] === ")" && --depth === 0) return example.slice(start, end + 1);
  }
  return undefined;
};

const tensors: Readonly<Record<string, unknown>> = (() => {
  const names = ["row", "image", "sentence", "words"];
  const { row, image, sentence, words } = new Function("graph", `${given(names).join("\n")}\nreturn { ${names} };`)(
    graph,
  );
  return { row, image, sentence, words };
})();

/** Whether a call is refused by this kind of node, not by another one on its way. */
const isRefused = (node: NodeDefinition, code: string): boolean => {
  try {
    new Function("graph", ...Object.keys(tensors), `"use strict"; ${code}`)(graph, ...Object.values(tensors));
    return false;
  } catch (error) {
    return FlaxenError.isInstance(error) && (error as { readonly node?: string }).node === node.name;
  }
};

/** An example's call on a tensor, and with operands, for which it is not made. */
const misfit = (node: NodeDefinition, operands: readonly string[], example: string): string | undefined => {
  const call = callIn(node.name, example);
  if (call === undefined) return undefined;
  const others = operands.filter((name) => new RegExp(`(?<![.\\w"])${name}(?![\\w"])`).test(call));
  const names = Object.keys(tensors);
  for (const first of others.length > 0 ? ["sentence", ...names] : names)
    for (const second of others.length > 0 ? names : [""]) {
      const changed = others.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), second), call);
      const code = `${first}.${changed};`;
      if (isRefused(node, code)) return code;
    }
  return undefined;
};

/**
 * A call of a node's method as somebody makes it who is mistaken, or undefined where every call of it is right.
 *
 * @param operands what the examples call their tensors
 * @param examples right calls
 */
export const misuseOf = (
  node: NodeDefinition,
  operands: readonly string[],
  examples: readonly string[],
): string | undefined => {
  if (chosen[node.name]) return chosen[node.name];
  const known = common.find(({ code, onlyInEditor }) => !onlyInEditor && lastMethod(code) === node.name);
  if (known) return known.code;
  for (const example of examples) {
    const code = misfit(node, operands, example);
    if (code) return code;
  }
  if (node.ports.every(({ dtype }) => dtype === "any") && Object.keys(node.parameters.shape).length === 0)
    return undefined;
  throw new Error(`${node.name} has no picture of its error: choose a mistake for it in scripts/node-docs/misuse.ts`);
};
