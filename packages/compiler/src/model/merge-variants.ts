import type { ModelDocument } from "@flaxen/core";
import { type BlockClass, type MergedClass, mergeClasses } from "./merge-classes.ts";
import { type OptionalPart, optionalPart, standsApart } from "./optional-part.ts";

/** Two classes of which one has a part that the other lacks become one, where that is all that sets them apart. */
export const mergeVariants = (
  classes: readonly MergedClass[],
  blocks: ModelDocument["blocks"],
  print: (id: string, part: OptionalPart) => BlockClass,
): readonly MergedClass[] => {
  for (const [place, one] of classes.entries())
    for (const other of classes.slice(place + 1)) {
      const merged = mergePair(one, other, blocks, print) ?? mergePair(other, one, blocks, print);
      if (!merged) continue;
      const rest = classes.filter((kept) => kept !== one && kept !== other);
      return [...rest.slice(0, place), merged, ...mergeVariants(rest.slice(place), blocks, print)];
    }
  return classes;
};

/** @param more the class of the blocks that have the part */
const mergePair = (
  less: MergedClass,
  more: MergedClass,
  blocks: ModelDocument["blocks"],
  print: (id: string, part: OptionalPart) => BlockClass,
): MergedClass | undefined => {
  const partOf = (without: string, withIt: string) => {
    const part = optionalPart(blocks[without]!, blocks[withIt]!);
    return part && standsApart(blocks[withIt]!, part) ? part : undefined;
  };
  const printed: BlockClass[] = [];
  for (const id of more.ids) {
    const part = partOf(less.ids[0]!, id);
    if (!part) return undefined;
    printed.push(print(id, part));
  }
  for (const id of less.ids) {
    const part = partOf(id, more.ids[0]!);
    if (!part) return undefined;
    printed.push(print(id, { ...part, nodes: [] }));
  }
  const order = Object.keys(blocks);
  const merged = mergeClasses(printed.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)));
  return merged.length === 1 ? merged[0] : undefined;
};
