import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentOf, experiments } from "../test/experiments.ts";
import { compile } from "./compile.ts";
import { configText } from "./config-text.ts";

const folder = join(import.meta.dirname, "..", "goldens");
const update = process.env.FLAXEN_UPDATE_GOLDENS === "1";

/** What the compiler prints, to be read by people; written anew with FLAXEN_UPDATE_GOLDENS=1. */
const expectGolden = (path: string, text: string): void => {
  if (update) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${path} is missing: run with FLAXEN_UPDATE_GOLDENS=1`).toBe(true);
  expect(text).toBe(readFileSync(path, "utf8"));
};

test.each(Object.keys(experiments))("%s is printed as its golden", (name) => {
  const { program, config } = compile(documentOf(name));
  for (const file of ["model.py", "train.py"]) expectGolden(join(folder, name, file), program.files[file]!);
  expectGolden(join(folder, name, "config.json"), configText(config));
});
