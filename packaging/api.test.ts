import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, inject, test } from "vitest";

const project = inject("project");
const packages = ["errors", "core", "compiler", "runner", "runner-local", "flaxen"];

/** The declarations that a package's entry reaches, without comments: what users' code is checked against. */
const surfaceOf = (folder: string): string => {
  const files: string[] = [];
  const visit = (file: string): void => {
    if (files.includes(file)) return;
    files.push(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)\.[jt]s"/g))
      visit(join(dirname(file), `${path}.d.ts`));
  };
  visit(join(folder, "dist", "index.d.ts"));
  return files
    .sort()
    .map((file) => `// ${relative(join(folder, "dist"), file)}\n${declarationsOf(file)}`)
    .join("\n");
};

const declarationsOf = (file: string): string =>
  readFileSync(file, "utf8")
    .replaceAll(/\/\*\*?[\s\S]*?\*\//g, "")
    .replaceAll(/^\/\/.*$/gm, "")
    .replaceAll(/^\s*\n/gm, "");

test.each(packages)("the public surface of %s is the recorded one", (name) => {
  const installed = join(project, "node_modules", name === "flaxen" ? name : join("@flaxen", name));
  const golden = join(import.meta.dirname, "surface", `${name}.d.ts.txt`);
  const surface = surfaceOf(installed);
  expect(surface.length).toBeGreaterThan(200);
  if (process.env.FLAXEN_UPDATE_GOLDENS === "1") {
    mkdirSync(dirname(golden), { recursive: true });
    writeFileSync(golden, surface);
  }
  expect(existsSync(golden), "run it once with FLAXEN_UPDATE_GOLDENS=1").toBe(true);
  expect(surface).toBe(readFileSync(golden, "utf8"));
});
