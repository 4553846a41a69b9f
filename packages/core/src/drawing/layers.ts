import { depthFirst } from "../document/depth-first.ts";
import { CycleError } from "../document/errors.ts";
import type { GraphPart } from "./graph-parts.ts";

/** A box, or a point on a long edge, in a row of its own. */
export interface Place {
  /** undefined for a point on an edge. */
  readonly box: number | undefined;
  readonly layer: number;
  /** Those that lead here, and those that are led to. */
  readonly above: Place[];
  readonly below: Place[];
  /** Order within its layer. */
  rank: number;
}

export interface Layers {
  readonly rows: readonly Place[][];
  /** Places along each edge, its ends included. */
  readonly edges: readonly (readonly Place[])[];
}

const layerNumbers = ({ boxes, edges }: GraphPart): ReadonlyMap<string, number> => {
  const above = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  const below = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  for (const [from, to] of edges) {
    above.get(to)!.push(from);
    below.get(from)!.push(to);
  }
  const order = depthFirst(
    boxes.map(({ id }) => id),
    (id) => above.get(id)!,
    (path) => new CycleError(path),
  );
  const layers = new Map<string, number>();
  for (const id of order) layers.set(id, Math.max(0, ...above.get(id)!.map((from) => layers.get(from)! + 1)));
  // What nothing leads to stands right above what reads it.
  for (const id of order)
    if (above.get(id)!.length === 0 && below.get(id)!.length > 0)
      layers.set(id, Math.min(...below.get(id)!.map((to) => layers.get(to)!)) - 1);
  return layers;
};

/** Puts boxes into rows so that every edge leads down, and orders the rows so that few edges cross. */
export const layersOf = (part: GraphPart): Layers => {
  const numbers = layerNumbers(part);
  const rows: Place[][] = Array.from({ length: Math.max(...numbers.values()) + 1 }, () => []);
  const place = (box: number | undefined, layer: number): Place => {
    const made: Place = { box, layer, above: [], below: [], rank: rows[layer]!.length };
    rows[layer]!.push(made);
    return made;
  };
  const ofBox = new Map(part.boxes.map(({ id }, index) => [id, place(index, numbers.get(id)!)]));
  const edges = part.edges.map(([from, to]) => {
    const path = [ofBox.get(from)!];
    const end = ofBox.get(to)!;
    for (let layer = path[0]!.layer + 1; layer < end.layer; layer++) path.push(place(undefined, layer));
    path.push(end);
    for (const [index, next] of path.slice(1).entries()) {
      path[index]!.below.push(next);
      next.above.push(path[index]!);
    }
    return path;
  });
  for (let pass = 0; pass < 4; pass++) {
    for (const row of rows) sortRow(row, "above");
    for (const row of rows.toReversed()) sortRow(row, "below");
  }
  return { rows, edges };
};

const sortRow = (row: Place[], side: "above" | "below"): void => {
  const wishes = new Map(
    row.map((one) => {
      const neighbours = one[side];
      const mean = neighbours.reduce((sum, { rank }) => sum + rank, 0) / neighbours.length;
      return [one, neighbours.length > 0 ? mean : one.rank];
    }),
  );
  row.sort((a, b) => wishes.get(a)! - wishes.get(b)!);
  for (const [rank, one] of row.entries()) one.rank = rank;
};
