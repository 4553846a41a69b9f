import { readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { runtimeFiles, version } from "./files.generated.ts";

const python = join(import.meta.dirname, "../../../../python");

test("the runtime is that of python/flaxen, without its tests (npm run generate)", () => {
  const paths = readdirSync(join(python, "flaxen"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py") && !/^(test_.*|conftest)\.py$/.test(basename(path)))
    .map((path) => `flaxen/${path.split(sep).join("/")}`);
  expect(Object.keys(runtimeFiles)).toEqual(paths.sort());
  for (const path of paths) expect(runtimeFiles[path], path).toBe(readFileSync(join(python, path), "utf8"));
});

test("emitted files name the version of the package", () => {
  expect(version).toBe(packageFile.version);
});
