import type { NodeDefinition } from "../../packages/core/src/index.ts";
import { code, table, written } from "./markdown.ts";
import type { Method } from "./source.ts";

/** Methods that make other nodes, or none: they have no page of their own. */
const composingText = (nodes: readonly NodeDefinition[], methods: ReadonlyMap<string, Method>): string => {
  const rows = [...methods.values()]
    .filter(({ name }) => nodes.every((node) => node.name !== name))
    .map(({ name, text, examples }) => {
      const [about] = text.split("\n\n");
      return [code(name), about!, examples[0] ? code(examples[0].split(/\s*\/\//)[0]!) : ""];
    });
  return `## Composing\n\nMethods that put operations together; in a document stands what they are made of.\n\n${table(["method", "", "example"], rows)}\n`;
};

const rolesText = `Pages say of each parameter what changing it changes: "dynamic" is a number that the program is handed, so that nothing is compiled again; "structure" is the program's text; "shape" is the shape of weights as well, so that trained ones no longer fit.`;

/** Every node by its family. */
export const indexPage = (nodes: readonly NodeDefinition[], methods: ReadonlyMap<string, Method>): string => {
  const families = new Map<string, NodeDefinition[]>();
  for (const node of nodes) {
    const family = methods.get(node.name)?.family ?? "structure";
    families.set(family, [...(families.get(family) ?? []), node]);
  }
  const sections = [...families]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, members]) => {
      const rows = members.map(({ name, doc }) => [`[${name}](${name}.md)`, doc]);
      return `## ${family[0]!.toUpperCase()}${family.slice(1)}\n\n${table(["node", ""], rows)}\n`;
    });
  return `${written}# Nodes\n\nEvery operation of the graph language.\n\n${rolesText}\n\n${sections.join("\n")}\n${composingText(nodes, methods)}`;
};
