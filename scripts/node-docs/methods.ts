import { dirname } from "node:path";
import { code, table, usualText } from "./markdown.ts";
import { type Comments, functionComment, interfacesIn, type Method, membersIn, methodsIn } from "./source.ts";

/** What stands about the kinds of nodes in the texts of the core: path under src -> text. */
export interface Written {
  readonly methods: ReadonlyMap<string, Method>;
  /** What the comments say about a node's parameters. */
  comments(node: string): Comments;
}

/** How a layer is made that `x.layer(…)` takes. */
const makingLayers = (source: string): string => {
  const { text, example } = functionComment(source, "defineLayer");
  const members = membersIn(/interface LayerSpecification[\s\S]*?\n\}/.exec(source)![0]);
  const rows = [...members].map(([name, { text, usual = "" }]) => [code(name), text, usualText(usual)]);
  const given = table(["name", "what it is", "default"], rows);
  return `## defineLayer\n\n${text}\n\n\`\`\`ts\n${example}\n\`\`\`\n\n${given}\n`;
};

export const readWritten = (texts: ReadonlyMap<string, string>): Written => {
  const options = new Map([...texts.values()].flatMap((text) => [...interfacesIn(text)]));
  const begun = methodsIn("structure", texts.get("graph/graph.ts")!, options);
  const files = [...texts.keys()].filter((file) => file.startsWith("nodes/"));
  const own = files.flatMap((file) => methodsIn(dirname(file).slice("nodes/".length), texts.get(file)!, options));
  const methods = new Map([...begun, ...own].map((method) => [method.name, method]));
  const layer = methods.get("layer")!;
  methods.set("layer", { ...layer, making: makingLayers(texts.get("nodes/own/define-layer.ts")!) });

  const definitions = new Map(
    files.flatMap((file) =>
      [...texts.get(file)!.matchAll(/defineNode\(\{\s*name: "(\w+)"/g)].map(([, name]) => [name!, file] as const),
    ),
  );
  return {
    methods,
    comments: (node) => {
      const file = definitions.get(node);
      return new Map([...(file ? membersIn(texts.get(file)!) : []), ...(methods.get(node)?.options ?? [])]);
    },
  };
};
