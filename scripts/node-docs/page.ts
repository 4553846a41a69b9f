import { compile } from "../../packages/compiler/src/index.ts";
import {
  catalogueEntry,
  data,
  experiment,
  type GraphNode,
  head,
  model,
  type NodeDefinition,
  show,
  tensorOf,
} from "../../packages/core/src/index.ts";
import type { Example } from "./example.ts";
import { code, type Schema, table, typeText, usualText, written } from "./markdown.ts";
import { altOf } from "./picture.ts";
import type { Comments, Method } from "./source.ts";
import type { Told } from "./told.ts";

/** Where parameters come from that their node's own method does not take. */
const elsewhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  block: { block: "argument 1", shared: "option" },
  repeat: { shared: "option of `graph.block`" },
  layer: { layer: "by `defineLayer`", options: "argument 2", takes: "", gives: "" },
};

const givenText = ({ name, positional, ports, parametersFirst }: NodeDefinition, parameter: string): string => {
  const other = elsewhere[name]?.[parameter] ?? (name === "layer" ? "by `defineLayer`" : undefined);
  if (other !== undefined) return other;
  const operand = ports.find(({ number }) => number === parameter);
  if (operand) return `in the place of ${code(operand.name)}`;
  const before = parametersFirst ? 0 : ports.slice(1).filter(({ optional }) => !optional).length;
  const place = positional.indexOf(parameter);
  return place < 0 ? "option" : `argument ${before + place + 1}`;
};

const parametersText = (node: NodeDefinition, docs: Comments): string => {
  const { parameters, defaults, roles } = catalogueEntry(node);
  const required = (parameters.required ?? []) as readonly string[];
  const rows = Object.entries((parameters.properties ?? {}) as Record<string, Schema>).map(([name, schema]) => {
    const fallback = required.includes(name) ? "" : usualText(docs.get(name)?.usual ?? "none");
    const usual = Object.hasOwn(defaults, name) ? code(JSON.stringify(defaults[name])) : fallback;
    const operand = node.ports.find(({ number }) => number === name);
    const text = docs.get(name)?.text ?? (operand ? `A number in the place of ${code(operand.name)}.` : "");
    return [code(name), text, typeText(schema), usual, givenText(node, name), roles[name]!];
  });
  return rows.length === 0
    ? ""
    : `## Parameters\n\n${table(["name", "what it does", "what it is", "default", "given as", "changing it changes"], rows)}\n`;
};

const portsText = ({ ports }: NodeDefinition): string => {
  if (ports.length === 0) return "";
  const rows = ports.map(({ name, dtype, many, optional, number }) => {
    const kind = dtype === "any" ? "float or int" : dtype === "same" ? "as the first" : dtype;
    const notes = [many && "one or more", optional && "may be left out", number && "or a number"].filter(Boolean);
    return [code(name), kind, notes.join(", ")];
  });
  return `## Operands\n\n${table(["name", "dtype", ""], rows)}\n`;
};

const weightsText = (node: NodeDefinition, example: Example): string => {
  const made = example.node.type === node.name ? example.node : undefined;
  const weights = made ? Object.entries(node.weights(made.inputs, made.params, { block: () => undefined })) : [];
  if (weights.length === 0) return "";
  const rows = weights.map(([name, { shape, trainable }]) => [
    code(name),
    show(shape),
    trainable ? "learned" : "gathered",
  ]);
  return `## Weights\n\nOf the first example.\n\n${table(["name", "shape", ""], rows)}\n`;
};

const inputsOf = (root: GraphNode): readonly GraphNode[] => {
  const seen = new Set<GraphNode>();
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop())
    if (!seen.has(node)) {
      seen.add(node);
      waiting.push(...node.inputs);
    }
  return [...seen].filter(({ type }) => type === "input").reverse();
};

/** The classes of model.py for an example, or undefined where no head can read what it gives. */
const pythonOf = ({ node }: Example): string | undefined => {
  try {
    const result = tensorOf(node) as any;
    const floats = node.dtype === "int" ? result.cast("float") : result;
    const rows = floats.shape.length > 2 ? floats.flatten() : floats.shape.length < 2 ? floats.expandDims(-1) : floats;
    const features = typeof rows.shape[1] === "number" ? rows : floats.globalAvgPool();
    const inputs = Object.fromEntries(inputsOf(node).map((input) => [input.name!, tensorOf(input)]));
    const net = model({ name: "model", inputs, heads: { value: head.regression(features) } });
    const files = Object.fromEntries([...Object.keys(inputs), "value"].map((name) => [name, `${name}.idx`]));
    const { program } = compile(experiment(net, { data: data.idx({ train: files }), steps: 1 }).document);
    const text = program.files["model.py"]!;
    return text.slice(text.indexOf("\nclass ") + 1).trimEnd();
  } catch {
    return undefined;
  }
};

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();

/** Whether a comment tells what a line tells: it begins as that does, and names shapes where that does. */
const tells = (text: string, line: string): boolean => {
  const begin = (whole: string) => lettersOf(whole).split(" ").slice(0, 3).join(" ");
  return begin(text) === begin(line) && (text.includes("->") || !line.includes("->"));
};

/** What stands below the title: a node's line and its method's comment, but not twice the same. */
const aboutText = (line: string, text = ""): string => {
  if (lettersOf(line).startsWith(lettersOf(text))) return `${line}\n`;
  return tells(text, line) ? `${text}\n` : `${line}\n\n${text}\n`;
};

const placeIn = (program: string, at: number): string => {
  const lines = program.slice(0, at).split("\n");
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
};

/** The picture of a mistake, and what it shows as text. */
const mistakeText = (name: string, told: Told): string => {
  const { program, marked, thrown = "nothing" } = told;
  const editor = marked.map(({ start, message, code }) => `net.ts:${placeIn(program, start)} ${message} ${code}`);
  const said = `editor: ${editor.join("\n") || "nothing"}\nrun: ${thrown}`;
  const text = `\`\`\`ts\n${program}\`\`\`\n\n\`\`\`text\n${said}\n\`\`\`\n`;
  const alt = altOf(told).replaceAll(/[\\[\]*_`<]/g, "\\$&");
  return `![${alt}](pictures/${name}.svg)\n\n<details>\n<summary>The same as text</summary>\n\n${text}\n</details>\n`;
};

const whole = "Every call of it is right: it takes tensors of all shapes and dtypes, and has no parameters.\n";

/**
 * The page of one kind of node.
 *
 * @param comments of its parameters
 * @param told what a mistake with it looks like; undefined where none can be made
 */
export const nodePage = (
  node: NodeDefinition,
  method: Method | undefined,
  comments: Comments,
  examples: readonly Example[],
  told: Told | undefined,
): string => {
  const [first] = examples;
  const python = first && pythonOf(first);
  const calls = examples.length > 0 ? examples.map(({ text }) => text) : (method?.examples ?? []);
  const parts = [
    `# ${node.name}\n`,
    aboutText(node.doc, method?.text),
    method?.making ?? "",
    calls.length > 0 ? `## Examples\n\n\`\`\`ts\n${calls.join("\n")}\n\`\`\`\n` : "",
    portsText(node),
    parametersText(node, comments),
    first ? weightsText(node, first) : "",
    python ? `## Python\n\nOf the first example, with a head that reads it.\n\n\`\`\`python\n${python}\n\`\`\`\n` : "",
    `## When it does not fit\n\n${told ? mistakeText(node.name, told) : whole}`,
  ];
  return `${written}${parts.filter(Boolean).join("\n")}`;
};
