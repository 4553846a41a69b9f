import { appliedBlock, blockOrder, type ModelDocument, type Types } from "@flaxen/core";
import type { Hyperparameters } from "../hyperparameters.ts";
import type { PrintedClass } from "../nodes/printer.ts";
import type { Statement } from "../python/tree.ts";
import { type BlockClass, mergeClasses } from "./merge-classes.ts";
import { mergeVariants } from "./merge-variants.ts";
import { type PrintedModule, printModule } from "./module.ts";
import type { OptionalPart } from "./optional-part.ts";

/** Hands out the names of classes. */
export interface ClassNames {
  claimClass(wish: string): string;
  /** For one of several of one name: `BasicBlock`, `BasicBlock2`. */
  claimNumbered(wish: string): string;
}

/** The classes of a model's named blocks. */
export interface PrintedBlocks {
  readonly statements: readonly Statement[];
  block(id: string): PrintedClass;
}

/**
 * Prints a class for every named block; blocks of one name, such as `basicBlock` and `basicBlock2`, share a class where
 * they differ in numbers of features, in a few options of their layers or in one part that some have.
 */
export const printBlocks = (
  model: ModelDocument,
  types: Types,
  hyperparameters: Hyperparameters,
  { claimClass, claimNumbered }: ClassNames,
): PrintedBlocks => {
  const order = blockOrder(model);
  const printed = new Map<string, PrintedClass>();
  const block = (id: string) => printed.get(id)!;
  const statements = new Map<string, Statement>();
  const typeIn = (id: string) => (node: string) => types.get(`${id}/${node}`)!;
  const print = (id: string, part?: OptionalPart): PrintedModule => {
    const { nodes, output } = model.blocks[id]!;
    const markOf = (node: string) => `${id}/${node}`;
    return printModule({
      className: id,
      nodes,
      typeOf: typeIn(id),
      markOf,
      hyperparameter: (node, parameter) => hyperparameters.find(markOf(node), parameter)!,
      block,
      outputs: [output],
      part,
    });
  };
  const lastAxis = (id: string, node: string | undefined) =>
    node === undefined ? undefined : typeIn(id)(node).shape.at(-1);

  for (const family of families(model, order)) {
    const modules = new Map(family.map((id) => [id, print(id)]));
    const classOf = (id: string, { statement }: PrintedModule, part?: BlockClass["part"]): BlockClass => ({
      id,
      statement,
      input: lastAxis(id, model.blocks[id]!.nodes.find(({ type }) => type === "input")?.id),
      output: lastAxis(id, model.blocks[id]!.output),
      part,
    });
    const apart = mergeClasses(family.map((id) => classOf(id, modules.get(id)!)));
    const merged = mergeVariants(apart, model.blocks, (id, part) =>
      classOf(id, print(id, part), { ...part, present: part.nodes.length > 0 }),
    );
    const places = merged.map(({ ids }) => ids[0]!);
    // The class that most of them share comes first and has the plain name.
    const byUse = merged.toSorted((one, other) => other.ids.length - one.ids.length);
    for (const [i, { ids, statement, construct }] of byUse.entries()) {
      const className = merged.length < family.length ? claimNumbered(stemOf(ids[0]!)) : claimClass(ids[0]!);
      statements.set(places[i]!, { ...statement, name: className });
      for (const id of ids) printed.set(id, { ...modules.get(id)!, construct: construct(className, id) });
    }
  }
  return { block, statements: order.flatMap((id) => statements.get(id) ?? []) };
};

const stemOf = (id: string): string => id.replace(/\d+$/, "");

/** Blocks of one name and of one depth, those that others apply first. */
const families = (model: ModelDocument, order: readonly string[]): readonly (readonly string[])[] => {
  const depths = new Map<string, number>();
  const found = new Map<string, string[]>();
  for (const id of order) {
    const inside = model.blocks[id]!.nodes.flatMap((node) => depths.get(appliedBlock(node) ?? "") ?? []);
    const depth = 1 + Math.max(0, ...inside);
    depths.set(id, depth);
    const key = `${depth} ${stemOf(id)}`;
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return [...found].sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).map(([, ids]) => ids);
};
