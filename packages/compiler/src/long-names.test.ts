import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExperimentDocument } from "@flaxen/core";
import { afterAll, expect, test } from "vitest";
import { documentOf } from "../test/experiments.ts";
import { ruff } from "../test/python.ts";
import { compile } from "./compile.ts";

const folder = mkdtempSync(join(tmpdir(), "flaxen-long-names-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The names that a user chose, or might have chosen, in each experiment. */
const names: Readonly<Record<string, readonly string[]>> = {
  mlp: ["pixels", "hidden", "digit", "mlp"],
  "two-heads": ["image", "digit", "inkCentre", "twoHeads", "dropout1"],
  "residual-cnn": ["image", "conv1", "conv2", "conv3", "norm1", "norm2", "norm3", "relu1", "digit", "residualCnn"],
  siamese: ["left", "right", "encoder", "mixer", "mixer1", "same", "pairs"],
  "csv-regression": ["house", "price", "housing"],
};

const lengthened = (name: string, length: number): ExperimentDocument => {
  const long = (id: string) => `${id}VeryLongNameThatAUserMightChooseForALayerOfTheTrunkOfTheNetwork`.slice(0, length);
  const text = names[name]!.reduce(
    (json, id) => json.replaceAll(`"${id}"`, `"${long(id)}"`).replaceAll(`val/${id}/`, `val/${long(id)}/`),
    JSON.stringify(documentOf(name)),
  );
  return JSON.parse(text);
};

test("names of every length are broken into lines as ruff format does", () => {
  for (const name of Object.keys(names))
    for (const length of [20, 30, 35, 40, 45, 50, 64]) {
      const { files } = compile(lengthened(name, length)).program;
      const project = join(folder, `${name}-${length}`);
      mkdirSync(project);
      for (const file of ["model.py", "train.py"]) writeFileSync(join(project, file), files[file]!);
    }
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "."], { cwd: folder })).toBe("");
});
