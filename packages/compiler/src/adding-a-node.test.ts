import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const binaries = join(root, "node_modules", ".bin");
const entry = "packages/compiler/src/index.ts";
let copy = "";

const coreNode = `import * as z from "zod";
import type { Fits, Then } from "../../graph/op.ts";
import { role } from "../role.ts";
import { type Elementwise, elementwise } from "./elementwise.ts";

export const wobble = elementwise({
  name: "wobble",
  doc: "sin(speed * x), value by value.",
  parameters: z.strictObject({ speed: role.structure(z.number()).default(1) }),
  positional: ["speed"],
});

export interface Wobble extends Elementwise<"wobble"> {}

export interface WobbleMethod {
  /**
   * sin(speed * x), value by value.
   *
   * @example x.wobble(2) // [batch, 4] -> [batch, 4]
   */
  wobble<Self>(this: Fits<Self, Wobble, Self>, speed?: number): Then<Self, Wobble>;
}
`;
const printer = `import { binary, call, float } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const wobble: NodePrinter<{ readonly speed: number }> = {
  call: ({ params: { speed } }, [x]) => call("jnp.sin", speed === 1 ? x! : binary(float(speed), "*", x!)),
  nests: true,
};
`;

/** What somebody who adds a node writes: two files, and rows of two indexes. */
const added: Readonly<Record<string, string>> = {
  "packages/core/src/nodes/activation/wobble.ts": coreNode,
  "packages/compiler/src/nodes/activation/wobble.ts": printer,
};
const rows: Readonly<Record<string, readonly (readonly [before: RegExp, row: string])[]>> = {
  "packages/core/src/nodes/activation/index.ts": [
    [/^import \{ type ThresholdMethod/m, 'import { type WobbleMethod, wobble } from "./wobble.ts";\n'],
    [/ {4}ThresholdMethod \{\}/, "    WobbleMethod,\n"],
    [/ {2}threshold,\n\}/, "  wobble,\n"],
    [/^export type \{ Threshold,/m, 'export type { Wobble, WobbleMethod } from "./wobble.ts";\n'],
  ],
  "packages/compiler/src/nodes/activation/index.ts": [
    [/^import \{ threshold/m, 'import { wobble } from "./wobble.ts";\n'],
    [/ {2}threshold,\n\}/, "  wobble,\n"],
  ],
};

const looking = `
import { catalogue, data, experiment, graph, head, model, toTypeScript } from "@flaxen/core";
import { compile } from "./compile.ts";

const row = graph.input("row", [4]);
const net = model({ inputs: { row }, heads: { price: head.regression(row.dense(3).wobble(2).wobble()) } });
const files = data.idx({ train: { row: "row.idx", price: "price.idx" } });
const text = toTypeScript(net.toJSON());
console.log(JSON.stringify({
  entry: catalogue().nodes.wobble,
  text,
  python: compile(experiment(net, { data: files, steps: 1 }).document).program.files["model.py"],
  flops: net.summary().rows[2].flops,
}));
`;

const execute = (command: string, args: readonly string[]): string => {
  const done = spawnSync(join(binaries, command), args, { cwd: copy, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stdout}${done.stderr}`);
  return done.stdout;
};

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "flaxen-adding-a-node-"));
  const kept = (path: string) => !/(^|\/)(dist|\.cache|test)$|\.test(-d)?\.ts$/.test(path);
  for (const name of ["errors", "core", "runner", "compiler", "runner-local", "flaxen"])
    cpSync(join(root, "packages", name), join(copy, "packages", name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: kept,
    });
  for (const name of ["scripts/node-docs.ts", "scripts/node-docs", "tsconfig.base.json", "tsconfig.test.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  const compilerOptions = { noEmit: true, composite: false, declaration: false, declarationMap: false };
  const options = { ...compilerOptions, emitDeclarationOnly: false, incremental: false };
  const configuration = { extends: "./tsconfig.base.json", compilerOptions: options, files: [entry] };
  writeFileSync(join(copy, "tsconfig.json"), JSON.stringify(configuration));
  writeFileSync(join(copy, "package.json"), JSON.stringify({ private: true, type: "module" }));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const [file, text] of Object.entries(added)) writeFileSync(join(copy, file), text);
  for (const [file, inserted] of Object.entries(rows)) {
    let text = readFileSync(join(copy, file), "utf8");
    for (const [before, row] of inserted) {
      const place = text.search(before);
      if (place < 0) throw new Error(`${basename(dirname(file))} has no ${before}`);
      text = text.slice(0, place) + row + text.slice(place);
    }
    writeFileSync(join(copy, file), text);
  }
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("a node is two files and rows in their indexes: all else is derived", () => {
  writeFileSync(join(copy, "packages/compiler/src/looking.ts"), looking);
  const found = JSON.parse(
    execute("node", ["--conditions=@flaxen/source", join(copy, "packages/compiler/src/looking.ts")]),
  );
  expect(found.entry).toMatchObject({
    type: "wobble",
    doc: "sin(speed * x), value by value.",
    defaults: { speed: 1 },
    positional: ["speed"],
  });
  expect(found.text).toContain("row.dense(3).wobble(2).wobble()");
  expect(found.python).toMatch(/jnp\.sin\(2\.0 \* /);
  expect(found.flops).toBe(3);
  execute("node", ["--conditions=@flaxen/source", "scripts/node-docs.ts"]);
  const page = readFileSync(join(copy, "docs/nodes/wobble.md"), "utf8");
  for (const part of ["x.wobble(2) // [batch, 4] -> [batch, 4]", "jnp.sin", "wobble needs float"])
    expect(page).toContain(part);
  expect(page).toContain("](pictures/wobble.svg)");
  const picture = readFileSync(join(copy, "docs/nodes/pictures/wobble.svg"), "utf8");
  expect(picture).toContain("underlines words in red and says: The 'this' context of type 'IntTensor");
  expect(readFileSync(join(copy, "docs/nodes/README.md"), "utf8")).toContain("[wobble](wobble.md)");
}, 180_000);

test("it type-checks, and an index that misses its row is the only mistake that the checker finds", () => {
  rmSync(join(copy, "packages/compiler/src/looking.ts"), { force: true });
  const index = join(copy, "packages/compiler/src/nodes/activation/index.ts");
  writeFileSync(index, readFileSync(index, "utf8").replace(/ {2}wobble,\n/, ""));
  const { stdout } = spawnSync(join(binaries, "tsc"), ["-p", ".", "--pretty", "false"], {
    cwd: copy,
    encoding: "utf8",
  });
  const mistakes = stdout.split("\n").filter((line) => / error /.test(line));
  expect(
    mistakes.every((line) => /wobble/.test(line)),
    stdout,
  ).toBe(true);
  expect(
    mistakes.some((line) => /Property 'wobble' is missing/.test(line)),
    stdout,
  ).toBe(true);
}, 180_000);
