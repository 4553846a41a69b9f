import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Frame, locateFailure } from "@flaxen/runner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { experiments as goldens, hostile } from "../test/experiments.ts";
import { writeProject } from "../test/project.ts";
import { output, python, ruff } from "../test/python.ts";
import { compile } from "./compile.ts";
import { weightNames } from "./weight-names.ts";

const experiments: typeof goldens = { ...goldens, hostile };

interface Outcome {
  readonly weights: readonly string[];
  readonly frames: readonly Frame[];
  /** What the example of its README prints. */
  readonly printed: string;
  readonly metrics: Readonly<Record<string, readonly [ours: number, theirs: number]>>;
}

const names = Object.keys(experiments);
const folders = new Map<string, string>();
let outcomes: Readonly<Record<string, Outcome>> = {};

beforeAll(() => {
  for (const name of names) folders.set(name, writeProject(experiments[name]!()));
  const script = join(import.meta.dirname, "..", "test", "run_projects.py");
  outcomes = JSON.parse(output(python, ["-B", script, ...folders.values()]));
});
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s trains and leaves the weights that its model names", (name) => {
  const weights = weightNames(experiments[name]!().document).values();
  expect(outcomes[folders.get(name)!]!.weights).toEqual([...weights].sort());
});

test.each(names)("%s reports what scikit-learn computes over all rows", (name) => {
  const metrics = Object.entries(outcomes[folders.get(name)!]!.metrics);
  expect(metrics.length).toBeGreaterThan(0);
  for (const [metric, [ours, theirs]] of metrics) expect(Math.abs(ours / theirs - 1), metric).toBeLessThan(1e-5);
});

test.each(names)("%s predicts as its README says", (name) => {
  for (const head of experiments[name]!().document.model.heads)
    expect(outcomes[folders.get(name)!]!.printed).toContain(`'${head.name}': array([[`);
});

test.each([
  ["mnist-cnn", "conv1"],
  ["mlp", "hidden"],
  ["residual-cnn", "conv1"],
  ["two-heads", "dense1"],
  ["csv-regression", "dense1"],
  ["siamese", "encoder/dense1"],
])("an error in %s is found at %s", (name, node) => {
  const { program, sites } = compile(experiments[name]!().document, { sites: experiments[name]!().sites });
  expect(locateFailure(program.sourceMap, outcomes[folders.get(name)!]!.frames)?.node).toBe(node);
  expect(sites[node]?.file).toMatch(/experiments\.ts$/);
});

test.each(names)("%s is as ruff would have it", (name) => {
  const cwd = folders.get(name)!;
  expect(ruff(["format", "--diff", "model.py", "train.py"], { cwd })).toBe("");
  const rules = "--select=A,B,C4,E,F,I,N,PERF,PIE,PTH,RET,SIM,UP,W";
  expect(ruff(["check", rules, "model.py", "train.py"], { cwd })).toContain("All checks passed!");
});

test("a project names its data and how to start it", () => {
  const readme = readFileSync(join(folders.get("csv-regression")!, "README.md"), "utf8");
  expect(readme).toContain("`houses.csv`");
  expect(readme).toContain("python train.py");
  expect(readFileSync(join(folders.get("two-heads")!, "README.md"), "utf8")).not.toMatch(/[0-9a-f]{64}/);
});
