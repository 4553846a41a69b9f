import type { BlockDocument, NodeDocument } from "@flaxen/core";
import { scope } from "../python/names.ts";
import { keywords, moduleAttributes } from "../python/reserved.ts";
import { attributesOf, printerOf } from "./attributes.ts";
import { type Group, groupNodes, rootOf } from "./groups.ts";
import { ordered } from "./order.ts";

/** What one of two blocks has more: a sum with what came in, or a projection on the way around. */
export interface OptionalPart {
  readonly kind: "residual" | "project";
  /** The attribute that says whether it is there. */
  readonly flag: string;
  /** In their order; empty in the block that lacks it. */
  readonly nodes: readonly NodeDocument[];
  /** What stands in its place where it is not. */
  readonly from: string;
  /** The last of its nodes. */
  readonly exit: string;
  /** What it reads besides. */
  readonly besides: readonly string[];
  /** The nodes that read it. */
  readonly readers: ReadonlySet<string>;
  /** The last of the layers that are made before its own; undefined where it makes none. */
  readonly after: string | undefined;
}

/** The nodes of a block without its part, each operand that the part gives replaced by what stands in its place. */
export const withoutPart = (
  { nodes, output }: BlockDocument,
  { nodes: part, from, exit }: Pick<OptionalPart, "nodes" | "from" | "exit">,
): BlockDocument => {
  const own = new Set(part.map(({ id }) => id));
  const passed = (id: string) => (own.has(exit) && id === exit ? from : id);
  return {
    nodes: nodes.filter(({ id }) => !own.has(id)).map((node) => ({ ...node, inputs: node.inputs.map(passed) })),
    output: passed(output),
  };
};

const wiring = ({ nodes, output }: BlockDocument): string =>
  JSON.stringify([nodes.map(({ id, type, inputs }) => [id, type, ...inputs].join()).sort(), output]);

/** The part that `more` has and `less` lacks, where that is all that sets their graphs apart. */
export const optionalPart = (less: BlockDocument, more: BlockDocument): OptionalPart | undefined => {
  if (more.nodes.length <= less.nodes.length) return undefined;
  const known = new Set(less.nodes.map(({ id }) => id));
  const nodes = ordered(more.nodes).filter(({ id }) => !known.has(id));
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return undefined;
  const kind = isSum(nodes) ? "residual" : isProjection(nodes, more) ? "project" : undefined;
  const exit = last.id;
  const from = first.inputs.find((id) => wiring(withoutPart(more, { nodes, from: id, exit })) === wiring(less));
  if (kind === undefined || from === undefined) return undefined;
  const readers = new Set(more.nodes.filter(({ inputs }) => inputs.includes(exit)).map(({ id }) => id));
  const besides = first.inputs.filter((id) => id !== from);
  const places = placesOf(more, nodes);
  return places && { kind, flag: flagOf(more, kind), nodes, from, exit, besides, readers, after: places.after };
};

const isSum = (nodes: readonly NodeDocument[]): boolean =>
  nodes.length === 1 && nodes[0]!.type === "add" && new Set(nodes[0]!.inputs).size === 2;

/** A chain from what comes in to a sum, with weights of its own. */
const isProjection = (nodes: readonly NodeDocument[], { nodes: all }: BlockDocument): boolean => {
  const input = all.find(({ id }) => id === nodes[0]!.inputs[0]);
  const chained = nodes.every(({ inputs }, i) => inputs.length === 1 && (i === 0 || inputs[0] === nodes[i - 1]!.id));
  const readers = all.filter(({ inputs }) => inputs.includes(nodes.at(-1)!.id));
  return (
    chained &&
    input?.type === "input" &&
    nodes.some((node) => printerOf(node).construct) &&
    nodes.every((node) => printerOf(node).statements === undefined) &&
    readers.length === 1 &&
    readers[0]!.type === "add"
  );
};

/** Behind which layer its own are made: undefined where others are made between them, or none before. */
const placesOf = (
  { nodes }: BlockDocument,
  part: readonly NodeDocument[],
): { readonly after: string | undefined } | undefined => {
  const own = new Set(part.map(({ id }) => id));
  const made = ordered(nodes).filter((node) => printerOf(node).construct);
  const begin = made.findIndex(({ id }) => own.has(id));
  if (begin < 0) return { after: undefined };
  const count = made.filter(({ id }) => own.has(id)).length;
  const together = made.slice(begin, begin + count).every(({ id }) => own.has(id));
  return together && begin > 0 ? { after: made[begin - 1]!.id } : undefined;
};

/** A name that none of the block's layers has. */
const flagOf = ({ nodes }: BlockDocument, kind: OptionalPart["kind"]): string => {
  const layers = attributesOf(ordered(nodes).filter(({ type }) => type !== "input")).nodes.values();
  return scope([...moduleAttributes, ...layers], keywords).claim(kind);
};

/**
 * Whether the part can be computed in the variable of what stands in its place: that is no step within a line, and
 * nothing else reads it afterwards.
 */
export const standsApart = (block: BlockDocument, part: OptionalPart): boolean => {
  const { nodes, output } = withoutPart(block, part);
  const inputs = new Set(nodes.filter(({ type }) => type === "input").map(({ id }) => id));
  const groups = groupNodes(
    ordered(nodes).filter(({ id }) => !inputs.has(id)),
    [output],
    part.from,
  );
  const place = placeOf(part, groups);
  const made = (id: string) => (inputs.has(id) ? -1 : groups.findIndex((group) => rootOf(group).id === id));
  const stand = [part.from, ...part.besides].every((id) => (inputs.has(id) || made(id) >= 0) && made(id) < place);
  const late = groups
    .slice(place)
    .flat()
    .some(({ id, inputs: read }) => read.includes(part.from) && !part.readers.has(id));
  return stand && !late;
};

/** The number of the statement before which the part is computed. */
export const placeOf = ({ readers }: OptionalPart, groups: readonly Group[]): number => {
  const place = groups.findIndex((group) => group.some(({ id }) => readers.has(id)));
  return place < 0 ? groups.length : place;
};
