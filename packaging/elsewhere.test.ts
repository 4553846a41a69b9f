import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, expect, inject, test } from "vitest";
import { type Result, script } from "./model.ts";

const project = inject("project");
const require = createRequire(import.meta.url);

/** The first that can be started, or undefined. */
const find = (candidates: readonly string[]): string | undefined =>
  candidates.find((command) => spawnSync(command, ["--version"]).status === 0);
const packedDeno = (): string[] => {
  try {
    return [join(require.resolve("@deno/linux-x64-glibc/package.json"), "..", "deno")];
  } catch {
    return [];
  }
};
const deno = find([...packedDeno(), "deno"]);
const chromium = find(["chromium", "chromium-browser", "google-chrome"]);

const text = script("@flaxen/core", "@flaxen/compiler");
let expected: Result;

beforeAll(() => {
  const file = join(project, "in-node.mjs");
  writeFileSync(file, `${text}\nconsole.log(globalThis.result);`);
  expected = JSON.parse(spawnSync(process.execPath, [file], { encoding: "utf8", cwd: project }).stdout);
  expect(expected.refused).toContain("conv2d needs [batch, height, width, channels]");
});

test.skipIf(!deno)("Deno builds, refuses and compiles as Node does", () => {
  writeFileSync(join(project, "in-deno.mjs"), `${text}\nconsole.log(globalThis.result);`);
  const done = spawnSync(deno!, ["run", "--no-remote", "--node-modules-dir=manual", "in-deno.mjs"], {
    cwd: project,
    encoding: "utf8",
  });
  expect(done.stderr).toBe("");
  expect(JSON.parse(done.stdout)).toEqual(expected);
});

/** Bytes, minified and compressed: what a page loads to draw, check and compile models, zod included. */
const budget = 200_000;

const bundle = async (): Promise<string> => {
  writeFileSync(join(project, "in-browser.mjs"), text);
  const { outputFiles, warnings } = await build({
    entryPoints: [join(project, "in-browser.mjs")],
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]!.text;
};

test("the browser's bundle needs no Node API and keeps its budget", async () => {
  const code = await bundle();
  expect(code).not.toMatch(/from"node:|require\("/);
  const size = gzipSync(code).length;
  console.log(`core and compiler in a browser: ${Math.round(size / 1000)} kB compressed, of ${budget / 1000}`);
  expect(size).toBeLessThan(budget);
});

test.skipIf(!chromium)("a browser builds, refuses and compiles as Node does", async () => {
  const page = join(project, "page.html");
  const code = (await bundle()).replaceAll("</script", "<\\/script");
  writeFileSync(
    page,
    `<!doctype html><body><script type="module">${code}\ndocument.body.textContent = globalThis.result;</script>`,
  );
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--virtual-time-budget=10000",
  ];
  const done = spawnSync(chromium!, [...flags, "--dump-dom", `file://${page}`], { encoding: "utf8" });
  const shown = /<body>(\{[\s\S]*\})<\/body>/.exec(done.stdout)?.[1];
  expect(shown, done.stderr.slice(-2000)).toBeDefined();
  expect(JSON.parse(shown!.replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&"))).toEqual(expected);
});
