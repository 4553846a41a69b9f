import { appliedBlock } from "../document/block-order.ts";
import { checkModel } from "../document/check-model.ts";
import type { Types } from "../document/infer-graph.ts";
import type { ExperimentDocument, ModelDocument, NodeDocument } from "../document/schema.ts";
import { nodeDefinition } from "../nodes/index.ts";
import { type Shape, show } from "../shapes/index.ts";

/** What a box of a drawing stands for. */
export type BoxKind = "input" | "weights" | "operation" | "block" | "head";

export interface Box {
  readonly id: string;
  readonly kind: BoxKind;
  /** What it is, the user's name for it, and the shape that comes out. */
  readonly lines: readonly string[];
}

/** One graph: the model's own, or a named block's. */
export interface GraphPart {
  /** undefined for the model's own. */
  readonly block: string | undefined;
  readonly boxes: readonly Box[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

const plain = new Set(["block", "repeat", "input"]);

const boxOf = (node: NodeDocument, shape: Shape, owns: boolean): Box => {
  const block = appliedBlock(node);
  const times = node.type === "repeat" ? ` × ${node.params.times}` : "";
  const title = block === undefined ? node.type : `${block}${times}`;
  const kind = node.type === "input" ? "input" : block !== undefined ? "block" : owns ? "weights" : "operation";
  const named = plain.has(node.type) ? node.type === "input" : !/[0-9]$/.test(node.id);
  return { id: node.id, kind, lines: [named ? `${title} ${node.id}` : title, show(shape)] };
};

const boxesOf = (nodes: readonly NodeDocument[], prefix: string, types: Types, owners: ReadonlySet<string>) =>
  nodes.map((node) => boxOf(node, types.get(prefix + node.id)!.shape, owners.has(prefix + node.id)));
const edgesOf = (nodes: readonly NodeDocument[]) =>
  nodes.flatMap(({ id, inputs }) => inputs.map((input) => [input, id] as const));

/** The graphs of a document, the model's own first, then each block's. */
export const graphParts = (document: ExperimentDocument | ModelDocument): readonly GraphPart[] => {
  const { model, types, surroundings } = checkModel("model" in document ? document.model : document);
  const owners = new Set<string>();
  const note = (nodes: readonly NodeDocument[], prefix: string) => {
    for (const node of nodes) {
      const operands = node.inputs.map((id) => types.get(prefix + id)!);
      if (Object.keys(nodeDefinition(node.type)!.weights(operands, node.params, surroundings)).length > 0)
        owners.add(prefix + node.id);
    }
  };
  note(model.nodes, "");
  for (const [name, { nodes }] of Object.entries(model.blocks)) note(nodes, `${name}/`);
  const heads = model.heads.map(({ name, type }): Box => ({ id: name, kind: "head", lines: [`${type} ${name}`] }));
  const main: GraphPart = {
    block: undefined,
    boxes: [...boxesOf(model.nodes, "", types, owners), ...heads],
    edges: [...edgesOf(model.nodes), ...model.heads.map(({ name, input }) => [input, name] as const)],
  };
  const blocks = Object.entries(model.blocks).map(
    ([name, { nodes }]): GraphPart => ({
      block: name,
      boxes: boxesOf(nodes, `${name}/`, types, owners),
      edges: edgesOf(nodes),
    }),
  );
  return [main, ...blocks];
};
