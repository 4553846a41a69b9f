// npm run generate [-- --check]: the Python runtime as text inside the compiler, which has no file system; the table of
// faults and their tests; the pages of nodes, heads, optimizers, schedules and data.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { node, root } from "./workspace.mjs";

const target = join(root, "packages/compiler/src/runtime/files.generated.ts");
const python = join(root, "python");

const isRuntime = (path) => path.endsWith(".py") && !/^(test_.*|conftest)\.py$/.test(basename(path));

/** A template literal that reads back as the text. */
const literal = (text) => `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;

const generate = () => {
  const files = readdirSync(join(python, "flaxen"), { recursive: true })
    .filter(isRuntime)
    .map((path) => [`flaxen/${path.split(sep).join("/")}`, readFileSync(join(python, "flaxen", path), "utf8")])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { version } = JSON.parse(readFileSync(join(root, "packages/compiler/package.json"), "utf8"));
  return [
    "// Written by scripts/generate.mjs from python/flaxen and package.json. Do not edit.",
    `export const version = ${JSON.stringify(version)};`,
    "",
    "/** The Python runtime that is copied beside every program: path -> text. */",
    "export const runtimeFiles: Readonly<Record<string, string>> = {",
    ...files.map(([path, text]) => `  ${JSON.stringify(path)}: ${literal(text)},`),
    "};",
    "",
  ].join("\n");
};

const text = generate();
const check = process.argv.includes("--check");
let drifted = false;
if (check) {
  drifted = readFileSync(target, "utf8") !== text;
  if (drifted) console.error("The runtime in packages/compiler is not what python/flaxen says: run npm run generate.");
} else {
  writeFileSync(target, text);
}
const faults = node(["scripts/faults.ts", ...(check ? ["--check"] : [])]);
const nodes = node(["--conditions=@flaxen/source", "scripts/node-docs.ts", ...(check ? ["--check"] : [])]);
process.exit(drifted ? 1 : faults || nodes);
