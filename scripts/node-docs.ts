// node scripts/node-docs.ts [--check]: writes docs/nodes, a page for every kind of node, from its definition, the comment
// of its method and what really comes out: each example is run, compiled to Python and made to fail. The same for heads,
// optimizers, schedules and data.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodes } from "../packages/core/src/index.ts";
import { indexPage, nodePage } from "./node-docs/page.ts";
import { partPages } from "./node-docs/parts.ts";
import { interfacesIn, type Method, methodsIn } from "./node-docs/source.ts";

const root = dirname(import.meta.dirname);
const folder = join(root, "docs");
const sources = join(root, "packages/core/src/nodes");

const readMethods = (): ReadonlyMap<string, Method> => {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file) && file.includes("/"),
  );
  const texts = new Map(files.sort().map((file) => [file, readFileSync(join(sources, file), "utf8")]));
  const options = new Map([...texts.values()].flatMap((text) => [...interfacesIn(text)]));
  const methods = files.flatMap((file) => methodsIn(dirname(file), texts.get(file)!, options));
  return new Map(methods.map((method) => [method.name, method]));
};

const methods = readMethods();
const pages = new Map<string, string>(
  Object.values(nodes).map((node) => [`nodes/${node.name}.md`, nodePage(node, methods.get(node.name))] as const),
);
pages.set("nodes/README.md", indexPage(Object.values(nodes), methods));

for (const [path, text] of partPages((path) => readFileSync(join(root, "packages/core/src", path), "utf8")))
  pages.set(path, text);

/** Pages of folders that hold no others. */
const existing = ["nodes", "heads"].flatMap((kind) =>
  existsSync(join(folder, kind)) ? readdirSync(join(folder, kind)).map((page) => `${kind}/${page}`) : [],
);
if (process.argv.includes("--check")) {
  const read = (page: string) =>
    existsSync(join(folder, page)) ? readFileSync(join(folder, page), "utf8") : undefined;
  const drifted = [...new Set([...pages.keys(), ...existing])].filter((page) => pages.get(page) !== read(page));
  if (drifted.length > 0)
    console.error(`docs are not what the definitions say: run npm run generate. ${drifted.join(", ")}`);
  process.exit(drifted.length > 0 ? 1 : 0);
}
for (const page of existing) if (!pages.has(page)) rmSync(join(folder, page));
for (const [page, text] of pages) {
  mkdirSync(dirname(join(folder, page)), { recursive: true });
  writeFileSync(join(folder, page), text);
}
