import { sameShape, show, type Value } from "../shapes/index.ts";
import type { NodeDocument } from "./schema.ts";

/** The nodes where a block's operands enter: those at its beginning. */
export const inputsOf = (nodes: readonly NodeDocument[]): readonly NodeDocument[] => {
  const end = nodes.findIndex(({ type }) => type !== "input");
  return end < 0 ? nodes : nodes.slice(0, end);
};

const shown = ({ dtype, shape }: Value): string => `${dtype} ${show(shape)}`;

/** One sentence where a block cannot take its operands. */
export const inputsProblem = (
  name: string,
  declared: readonly Value[],
  given: readonly Value[],
): string | undefined => {
  if (given.length !== declared.length)
    return `block ${name} takes ${declared.length} input${declared.length === 1 ? "" : "s"}, but it has ${given.length}`;
  const place = declared.findIndex(
    ({ shape, dtype }, i) => !sameShape(given[i]!.shape, shape) || given[i]!.dtype !== dtype,
  );
  if (place < 0) return undefined;
  const which = declared.length === 1 ? "its input" : `its input ${place + 1}`;
  return `block ${name} takes ${shown(declared[place]!)}${place > 0 ? ` as ${which}` : ""}, but ${place > 0 ? "that" : which} is ${shown(given[place]!)}`;
};
