import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeMistakes, readHovers } from "./check.ts";
import { documentOf } from "./document.ts";
import { hovers } from "./hovers.ts";
import { mistakes } from "./mistakes.ts";

const home = join(import.meta.dirname, "../..");
const golden = join(home, "../../docs/mistakes.md");

const all = Object.values(mistakes).flat();
const telling = makeMistakes(all);
const shown = readHovers(hovers);
const told = await telling;

test.each(all.map((mistake, at) => [mistake.title, mistake, told[at]!] as const))(
  "%s is told",
  (_, mistake, { editor, run }) => {
    const starts = editor.filter((line) => !line.startsWith(" "));
    expect(starts).toHaveLength(mistake.onlyWhenRun ? 0 : 1);
    expect(run === undefined).toBe(mistake.onlyInEditor === true);
    for (const line of starts) expect(line.length).toBeLessThan(480);
  },
);

test("the documentation shows them word for word", () => {
  const byPlace = Object.fromEntries(
    Object.entries(mistakes).map(([name, list]) => [
      name,
      list.map((mistake) => [mistake, told[all.indexOf(mistake)]!] as const),
    ]),
  );
  const text = documentOf(
    byPlace,
    hovers.map((hover, at) => [hover, shown[at]!] as const),
  );
  if (process.env.FLAXEN_UPDATE_GOLDENS) writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
});
