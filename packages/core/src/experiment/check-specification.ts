import { didYouMean, type Site } from "@flaxen/errors";
import { UnusedInputError } from "../document/errors.ts";
import type { GraphNode } from "../graph/graph-node.ts";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { AnyHead } from "../heads/define-head.ts";
import { heads as definitions } from "../heads/index.ts";
import { InputNameError, InputNotListedError, NotAHeadError, NotAnInputError } from "./errors.ts";

/** The heads of a model's specification, each looked at. */
export const checkHeads = (
  heads: Readonly<Record<string, unknown>>,
  site: Site | undefined,
): Readonly<Record<string, AnyHead>> => {
  for (const [name, given] of Object.entries(heads)) {
    const { type, features } = (given ?? {}) as Partial<AnyHead>;
    if (features === undefined || type === undefined || !Object.hasOwn(definitions, type))
      throw new NotAHeadError(
        `model: head "${name}" is no head. Make it with ${Object.keys(definitions)
          .map((type) => `head.${type}`)
          .join(" or ")}.`,
        { site },
      );
  }
  return heads as Readonly<Record<string, AnyHead>>;
};

/** Throws unless `listed` names exactly the inputs that the heads depend on. */
export const checkInputs = (
  listed: Readonly<Record<string, unknown>>,
  used: readonly GraphNode[],
  site: Site | undefined,
): void => {
  const nodes = new Map<GraphNode, string>();
  for (const [name, tensor] of Object.entries(listed)) {
    const node = isTensor(tensor) ? nodeOf(tensor) : undefined;
    if (node?.type !== "input")
      throw new NotAnInputError(
        `model: inputs.${name} is ${node ? `the output of ${node.type}` : "no tensor"}. List what graph.input("${name}", …) returned.`,
        { site: node?.site ?? site },
      );
    if (node.name !== name)
      throw new InputNameError(
        `model: input "${node.name}" is listed as "${name}". Data and predict know it by its own name: write inputs: { ${node.name} }.`,
        { site: node.site ?? site },
      );
    nodes.set(node, name);
  }
  for (const node of used) {
    if (nodes.has(node)) continue;
    const twin = Object.hasOwn(listed, node.name!);
    throw new InputNotListedError(
      twin
        ? `model: a head depends on another input "${node.name}" than the one that is listed. Was it made twice?`
        : `model: a head depends on input "${node.name}", which is not in inputs.${Object.keys(listed).length ? didYouMean(node.name!, Object.keys(listed)) : ""}`,
      { site: node.site ?? site },
    );
  }
  const reached = new Set(used);
  for (const [node, name] of nodes) if (!reached.has(node)) throw new UnusedInputError(name, { site: node.site });
};
