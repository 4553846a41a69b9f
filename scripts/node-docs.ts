// node scripts/node-docs.ts [--check]: writes docs/nodes, a page for every kind of node, from its definition, the comment
// of its method and what really comes out: each example is run and compiled to Python, and a mistake with it is made in
// an editor, of which there is a picture. The same without pictures for heads, optimizers, schedules and data.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { catalogueEntry, nodes } from "../packages/core/src/index.ts";
import { examplesOf } from "./node-docs/example.ts";
import { indexPage } from "./node-docs/index-page.ts";
import { readWritten } from "./node-docs/methods.ts";
import { misuseOf } from "./node-docs/misuse.ts";
import { nodePage } from "./node-docs/page.ts";
import { partPages } from "./node-docs/parts.ts";
import { pictureOf } from "./node-docs/picture.ts";
import { programOf } from "./node-docs/program.ts";
import { tellAll } from "./node-docs/told.ts";

const root = dirname(import.meta.dirname);
const folder = join(root, "docs");
const core = join(root, "packages/core/src");
const read = (path: string) => readFileSync(join(core, path), "utf8");

const sources = ["graph", "nodes"].flatMap((kind) =>
  readdirSync(join(core, kind), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .map((file) => `${kind}/${file.split(sep).join("/")}`),
);
const { methods, comments } = readWritten(new Map(sources.sort().map((file) => [file, read(file)])));
const all = Object.values(nodes).map((node) => {
  const method = methods.get(node.name);
  const schema = catalogueEntry(node).parameters;
  const examples = node.ports.length === 0 ? [] : examplesOf(node, method?.examples ?? [], schema);
  const operands = new Set(examples.flatMap(({ operands }) => operands.map(({ name }) => name!)));
  const calls = examples.map(({ text }) => text.split(" // ")[0]!);
  return { node, method, examples, misuse: misuseOf(node, [...operands], calls) };
});
const told = await tellAll(
  new Map(all.flatMap(({ node, misuse }) => (misuse ? [[node.name, programOf(misuse)] as const] : []))),
);

const pages = new Map<string, string>();
for (const { node, method, examples } of all) {
  const mistake = told.get(node.name);
  pages.set(`nodes/${node.name}.md`, nodePage(node, method, comments(node.name), examples, mistake));
  if (mistake) pages.set(`nodes/pictures/${node.name}.svg`, pictureOf(node.name, mistake));
}
pages.set("nodes/README.md", indexPage(Object.values(nodes), methods));

for (const [path, text] of partPages(read)) pages.set(path, text);

/** Pages and pictures of folders that hold no others. */
const existing = ["nodes", "nodes/pictures", "heads"].flatMap((kind) =>
  existsSync(join(folder, kind))
    ? readdirSync(join(folder, kind), { withFileTypes: true }).flatMap((page) =>
        page.isFile() ? `${kind}/${page.name}` : [],
      )
    : [],
);
if (process.argv.includes("--check")) {
  const standing = (page: string) =>
    existsSync(join(folder, page)) ? readFileSync(join(folder, page), "utf8") : undefined;
  const drifted = [...new Set([...pages.keys(), ...existing])].filter((page) => pages.get(page) !== standing(page));
  if (drifted.length > 0)
    console.error(`docs are not what the definitions say: run npm run generate. ${drifted.join(", ")}`);
  process.exit(drifted.length > 0 ? 1 : 0);
}
for (const page of existing) if (!pages.has(page)) rmSync(join(folder, page));
for (const [page, text] of pages) {
  mkdirSync(dirname(join(folder, page)), { recursive: true });
  writeFileSync(join(folder, page), text);
}
