import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requirements } from "./requirements.ts";

const folder = join(import.meta.dirname, "../../../../python/environments");
const locked = (row: string, name: string) =>
  new RegExp(`^${name}==(\\S+)`, "m").exec(readFileSync(join(folder, `base-${row}.txt`), "utf8"))?.[1];

test.each([
  ["py311", '< "3.12"'],
  ["py312", '>= "3.12"'],
])("the pins are those of the locked environment %s", (row, marker) => {
  const lines = requirements
    .trim()
    .split("\n")
    .filter((line) => !line.includes(";") || line.includes(marker));
  expect(lines.length).toBe(9);
  for (const line of lines) {
    const [, name = "", version] = /^([\w-]+)==([\w.]+)/.exec(line) ?? [];
    expect(`${name}==${version}`).toBe(`${name}==${locked(row, name)}`);
  }
});
