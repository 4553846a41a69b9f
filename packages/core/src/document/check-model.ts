import type { Surroundings } from "../nodes/definition.ts";
import { blockOrder, sharedBlock } from "./block-order.ts";
import { checkBlockInput, checkGraph } from "./check-graph.ts";
import { checkFeatures, checkHead } from "./check-heads.ts";
import { checkSharedBlocks } from "./check-shared-blocks.ts";
import { checkSize } from "./check-size.ts";
import { DuplicateNameError, NoHeadsError, UnusedNodeError } from "./errors.ts";
import { inferModel, type Types } from "./infer-graph.ts";
import { nameKey } from "./names.ts";
import type { BlockDocument, ModelDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** A model whose every rule was checked, and what its nodes give. */
export interface CheckedModel {
  readonly model: ModelDocument;
  readonly types: Types;
  readonly surroundings: Surroundings;
}

/** Checks a model; gives it in normal form: defaults written out, nodes after their operands, blocks after theirs. */
export const checkModel = (given: ModelDocument, sites: Sites = {}): CheckedModel => {
  if (given.heads.length === 0)
    throw new NoHeadsError(`model "${given.name}" has no heads, so it predicts nothing. Give it at least one.`);
  const taken = uniqueNames(given);
  const nodes = checkGraph(
    {
      nodes: given.nodes,
      outputs: given.heads.map(({ name, input }) => [`head "${name}"`, input] as const),
      prefix: "",
      taken,
    },
    sites,
  );
  const checked: Record<string, BlockDocument> = {};
  for (const [name, block] of Object.entries(given.blocks)) checked[name] = checkBlock(name, block, sites);
  const heads = given.heads.map((head) => checkHead(head, sites));

  const order = blockOrder({ nodes, blocks: checked }, sites);
  const used = new Set(order);
  for (const name of Object.keys(checked)) if (!used.has(name)) throw new UnusedNodeError(`block "${name}"`);
  checkSize({ ...given, nodes: [...nodes], blocks: checked }, order);
  const blocks = Object.fromEntries(order.map((name) => [name, checked[name]!]));
  const model: ModelDocument = { name: given.name, blocks, nodes: [...nodes], heads };
  checkSharedBlocks(model, sites);
  const { types, surroundings } = inferModel(model, sites);
  const inputs = new Set(nodes.flatMap(({ id, type }) => (type === "input" ? [id] : [])));
  for (const head of heads) checkFeatures(head, types, sites, inputs);
  return { model, types, surroundings };
};

const checkBlock = (name: string, block: BlockDocument, sites: Sites): BlockDocument => {
  checkBlockInput(name, block.nodes);
  const part = {
    nodes: block.nodes,
    outputs: [[`block "${name}"`, block.output]] as const,
    prefix: `${name}/`,
    taken: new Map<string, string>(),
  };
  return { nodes: [...checkGraph(part, sites)], output: block.output };
};

/** The names that the nodes of the model's own graph may not have: of heads and shared blocks. */
const uniqueNames = (model: ModelDocument): ReadonlyMap<string, string> => {
  const blockNames = new Map<string, string>();
  for (const name of Object.keys(model.blocks)) claim(blockNames, name, `block "${name}"`);
  const taken = new Map<string, string>();
  for (const { name } of model.heads) {
    const part = name === "val" ? "validation" : name === "test" ? "test" : undefined;
    if (part !== undefined)
      throw new DuplicateNameError(`a head cannot be called "${name}": metrics of ${part} data begin with it.`);
    claim(taken, name, `head "${name}"`);
  }
  for (const node of model.nodes) {
    const block = sharedBlock(node);
    // Not yet checked: a stranger's parameter may be anything.
    if (typeof block !== "string") continue;
    const what = `block "${block}"`;
    if (taken.get(nameKey(block)) !== what) claim(taken, block, what);
  }
  return taken;
};

const claim = (taken: Map<string, string>, name: string, what: string): void => {
  const other = taken.get(nameKey(name));
  if (other !== undefined)
    throw new DuplicateNameError(`${what} and ${other} have one name. Give each a name of its own.`);
  taken.set(nameKey(name), what);
};
