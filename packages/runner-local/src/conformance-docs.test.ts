import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, expect, test } from "vitest";

const workspace = join(import.meta.dirname, "../../..");
/** Inside the package, so that its imports are found. */
const folder = join(import.meta.dirname, "../.cache/docs");
afterAll(() => rm(folder, { recursive: true, force: true }));

const configuration = `export default {
  resolve: { conditions: ["@flaxen/source"] },
  ssr: { resolve: { conditions: ["@flaxen/source"] } },
  test: { include: ["*.test.ts"] },
};
`;

test("the example in docs/conformance.md registers the checks, and they run", async () => {
  const text = await readFile(join(workspace, "docs/conformance.md"), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(text)![1]!;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "my-runner.test.ts"), example);
  await writeFile(join(folder, "vitest.config.mjs"), configuration);
  const vitest = join(workspace, "node_modules/.bin/vitest");
  const report = join(folder, "report.json");
  const chosen = ["-t", "attach by id and cursor", "--reporter=json", `--outputFile=${report}`];
  await execa(vitest, ["run", "--root", folder, ...chosen]);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(await readFile(report, "utf8"));
  expect({ numPassedTests, numFailedTests }).toEqual({ numPassedTests: 1, numFailedTests: 0 });
  const titles = testResults[0].assertionResults.map(({ title }: { readonly title: string }) => title);
  expect(titles).toContain("my runner: every event arrives whole, once and in order");
  expect(titles).toContain(
    "my runner: a worker that a signal ended is started again, as often as was allowed (needs retries)",
  );
});
