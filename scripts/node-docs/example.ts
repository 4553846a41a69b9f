import {
  type GraphNode,
  graph,
  type NodeDefinition,
  nodeOf,
  type Shape,
  show,
  tensorOf,
} from "../../packages/core/src/index.ts";

/** A call that was really made. */
export interface Example {
  readonly text: string;
  readonly operands: readonly GraphNode[];
  readonly node: GraphNode;
  readonly call: (operands: readonly unknown[]) => unknown;
}

const keywords = new Set(["true", "false", "undefined", "graph"]);

/** The tensors that a call reads: identifiers that are neither methods nor keys. */
const tensorsIn = (call: string): readonly string[] => {
  const code = call.replace(/"[^"]*"/g, '""');
  const names = [...code.matchAll(/(?<![.\w])([a-z]\w*)(?!\w*\s*:)/g)].map(([, name]) => name!);
  const parameters = new Set([...code.matchAll(/\((\w+)\) =>/g)].map(([, name]) => name!));
  return [...new Set(names)].filter((name) => !keywords.has(name) && !parameters.has(name));
};

const shapeIn = (text: string): Shape =>
  text.split(",").map((dim) => (/^\d+$/.test(dim.trim()) ? Number(dim) : dim.trim()));

const isInt = (name: string, node: NodeDefinition, place: number): boolean =>
  node.ports[place]?.dtype === "int" || /^(ids|places|mask|tokens|source)$/.test(name);

const evaluate = (names: readonly string[], call: string) => {
  const run = new Function("graph", ...names, `"use strict"; return ${call};`);
  return (operands: readonly unknown[]): unknown => run(graph, ...operands);
};

/** The last node of a type on the way back from another. */
const findNode = (type: string, from: GraphNode): GraphNode | undefined => {
  const seen = new Set<GraphNode>();
  const waiting = [from];
  for (let node = waiting.shift(); node; node = waiting.shift()) {
    if (node.type === type) return node;
    if (!seen.has(node)) waiting.push(...node.inputs);
    seen.add(node);
  }
  return undefined;
};

const attempt = (
  node: NodeDefinition,
  call: string,
  names: readonly string[],
  shapes: readonly Shape[],
): Example | undefined => {
  try {
    const operands = names.map((name, place) =>
      nodeOf(
        graph.input(name, (shapes[place] ?? shapes[0]!).slice(1), {
          dtype: isInt(name, node, place) ? "int" : "float",
        }),
      ),
    );
    const run = evaluate(names, call);
    const result = nodeOf(run(operands.map(tensorOf)) as never);
    const found = findNode(node.name, result);
    if (found === undefined) return undefined;
    const given = operands.map(({ shape, dtype }) => `${show(shape)}${dtype === "int" ? " int" : ""}`).join(" and ");
    const text = `${call} // ${given} -> ${show(result.shape)}${result.dtype === "int" ? " int" : ""}`;
    return { text, operands, node: result, call: run };
  } catch {
    return undefined;
  }
};

/** An example of a comment, run: its shapes are those that came out. One that names none takes those of another. */
const fromComment = (node: NodeDefinition, example: string, usual: readonly Shape[] = []): Example | undefined => {
  const [call, said = ""] = example.split(/;?\s*\/\/\s*/) as [string, string?];
  const names = tensorsIn(call);
  const before = said.split("->")[0]!;
  const named = [...before.matchAll(/\[([^\]]*)\]/g)].map(([, dims]) => shapeIn(dims!));
  const shapes = named.length > 0 ? named : usual;
  return shapes.length > 0 && names.length > 0 ? attempt(node, call, names, shapes) : undefined;
};

const literals = (schema: Readonly<Record<string, any>>): readonly string[] => {
  if (schema.enum) return [JSON.stringify(schema.enum[0])];
  if (schema.type === "integer") return ["8", "2", "1"];
  if (schema.type === "number") return ["0.5"];
  if (schema.type === "array") return ["[1]", "2", "[8]"];
  if (schema.type === "string") return ['"time"'];
  return ["2", "8"];
};

const usualShapes: readonly Shape[] = [
  ["batch", 64],
  ["batch", 28, 28, 8],
  ["batch", 16, 64],
  ["batch", 8, 8, 8, 4],
  ["batch", 1, 64],
];

/** A call made up from the definition. */
const madeUp = (node: NodeDefinition, schema: Readonly<Record<string, any>>): Example | undefined => {
  const required: readonly string[] = schema.required ?? [];
  const operands = node.ports.slice(1).flatMap(({ optional }, place) => (optional ? [] : [`y${place || ""}`]));
  for (let choice = 0; choice < 3; choice++) {
    const literalOf = (key: string) => {
      const choices = literals(schema.properties[key]);
      return choices[Math.min(choice, choices.length - 1)]!;
    };
    const positional = node.positional.filter((key) => required.includes(key)).map(literalOf);
    const others = required.filter((key) => !node.positional.includes(key));
    const options = others.length > 0 ? [`{ ${others.map((key) => `${key}: ${literalOf(key)}`).join(", ")} }`] : [];
    const call = `x.${node.name}(${[...operands, ...positional, ...options].join(", ")})`;
    for (const shape of usualShapes) {
      const made = attempt(node, call, ["x", ...operands], [shape]);
      if (made) return made;
    }
  }
  return undefined;
};

/** Calls of a node's method with the shapes that come out, those of its comment first. */
export const examplesOf = (
  node: NodeDefinition,
  comments: readonly string[],
  schema: Readonly<Record<string, any>>,
): readonly Example[] => {
  const [first] = comments.flatMap((example) => fromComment(node, example) ?? []);
  const usual = first?.operands.map(({ shape }) => shape);
  const own = comments.flatMap((example) => fromComment(node, example, usual) ?? []);
  if (own.length > 0) return own;
  const made = madeUp(node, schema);
  return made ? [made] : [];
};
