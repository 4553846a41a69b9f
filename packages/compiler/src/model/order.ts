import type { NodeDocument } from "@flaxen/core";
import { DirectedGraph } from "graphology";
import { topologicalSort } from "graphology-dag";

/** Operands before what uses them. A document that is in such an order already keeps it: it is the order of reading. */
export const ordered = (nodes: readonly NodeDocument[]): readonly NodeDocument[] => {
  const position = new Map(nodes.map(({ id }, i) => [id, i]));
  if (nodes.every(({ inputs }, i) => inputs.every((operand) => position.get(operand)! < i))) return nodes;
  const graph = new DirectedGraph();
  for (const { id } of nodes) graph.addNode(id);
  for (const { id, inputs } of nodes) for (const operand of inputs) graph.mergeEdge(operand, id);
  return topologicalSort(graph).map((id) => nodes[position.get(id)!]!);
};
