import type { NodeDocument } from "../document/schema.ts";
import { sameShape, type Value } from "../shapes/index.ts";

/** An `add` that is written as `start.residual(branch)`. */
export interface Residual {
  readonly start: string;
  /** How often `start` is read by this way of writing. */
  readonly reads: number;
}

export interface ReadGraph {
  node(id: string): NodeDocument;
  typeOf(id: string): Value;
  /** How often a node's result is read. */
  uses(id: string): number;
}

/** Finds the additions of a branch to where it began, nested ones first; nothing else may read the branch's nodes. */
export const findResiduals = (nodes: readonly NodeDocument[], graph: ReadGraph): ReadonlyMap<string, Residual> => {
  const found = new Map<string, Residual>();
  /** Walks back from the branch's end; gives how often its last step reads `start`. */
  const walk = (end: string, start: string): number | undefined => {
    let expected = 1;
    for (let id = end; ; ) {
      if (id === start) return expected;
      if (graph.uses(id) !== expected) return undefined;
      const residual = found.get(id);
      const next = residual?.start ?? graph.node(id).inputs[0];
      if (next === undefined) return undefined;
      expected = residual?.reads ?? 1;
      id = next;
    }
  };
  for (const { id, type, inputs, params } of nodes) {
    const [start, end] = inputs;
    if (type !== "add" || inputs.length !== 2 || Object.keys(params).length > 0 || start === end) continue;
    const [from, to] = [graph.typeOf(start!), graph.typeOf(end!)];
    if (from.dtype !== to.dtype || !sameShape(from.shape, to.shape)) continue;
    const reads = walk(end!, start!);
    if (reads !== undefined) found.set(id, { start: start!, reads: reads + 1 });
  }
  return found;
};
