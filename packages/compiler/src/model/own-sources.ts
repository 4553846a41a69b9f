import { definedIn, type ModelDocument, OwnPartError } from "@flaxen/core";

/** The Python that layers of the user's own carry: the name of its class -> its text, each once. */
export const ownSources = ({ nodes, blocks }: ModelDocument): ReadonlyMap<string, string> => {
  const sources = new Map<string, string>();
  for (const { type, params } of [...nodes, ...Object.values(blocks).flatMap((block) => block.nodes)]) {
    if (type !== "layer") continue;
    const python = params.python as string;
    const { name } = definedIn(python)!;
    if ((sources.get(name) ?? python) !== python)
      throw new OwnPartError(`two layers define a Python class "${name}". Give each a name of its own.`);
    sources.set(name, python);
  }
  return sources;
};
