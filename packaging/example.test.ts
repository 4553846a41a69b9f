import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

const root = join(import.meta.dirname, "..");
const project = inject("project");

test("the README's example trains in an empty project that has nothing but the packed packages", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const short = example
    .replace("epochs: 2,", "steps: 60,")
    .replace("if (event.type", "if (event.type === 'log') console.log(event.text);\n  if (event.type");
  expect(short).toContain("steps: 60");
  writeFileSync(join(project, "run-example.ts"), short);
  const done = spawnSync(process.execPath, ["run-example.ts"], { cwd: project, encoding: "utf8" });
  expect(done.stderr.replaceAll(/\(node:.*Warning.*\n.*\n/g, "")).not.toMatch(/Error/);
  expect(done.stdout).toContain("1 [ 1, 10 ]");
  expect(done.status).toBe(0);
});
