import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, modelFromJSON } from "flaxen";
import { afterAll, beforeAll, expect, test } from "vitest";
import { weightNames } from "../../packages/compiler/src/weight-names.ts";
import { writeProject } from "../../packages/compiler/test/project.ts";
import { output, python, ruff } from "../../packages/compiler/test/python.ts";
import { zoo } from "./index.ts";

const emitted = join(import.meta.dirname, "emitted");
const update = process.env.FLAXEN_UPDATE_GOLDENS === "1";
const exhibits = Object.entries(zoo);

interface Outcome {
  readonly losses: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}
const folders = new Map<string, string>();
let outcomes: Readonly<Record<string, Outcome>> = {};

beforeAll(() => {
  for (const [name, { experiment }] of exhibits) folders.set(name, writeProject(experiment));
  const script = join(import.meta.dirname, "run_zoo.py");
  outcomes = JSON.parse(output(python, ["-B", script, ...folders.values()]));
}, 600_000);
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

test.each(exhibits)("%s is printed as its golden", (name, { experiment }) => {
  const { program } = compile(experiment);
  for (const file of ["model.py", "train.py"]) {
    const path = join(emitted, name, file);
    if (update) {
      mkdirSync(join(emitted, name), { recursive: true });
      writeFileSync(path, program.files[file]!);
    }
    expect(existsSync(path), `${path} is missing: run with FLAXEN_UPDATE_GOLDENS=1`).toBe(true);
    expect(program.files[file]).toBe(readFileSync(path, "utf8"));
  }
});

test.each(exhibits)("%s is as ruff would have it", (name) => {
  const cwd = folders.get(name)!;
  expect(ruff(["format", "--diff", "model.py", "train.py"], { cwd })).toBe("");
  const rules = "--select=A,B,C4,E,F,I,N,PERF,PIE,PTH,RET,SIM,UP,W";
  expect(ruff(["check", rules, "model.py", "train.py"], { cwd })).toContain("All checks passed!");
});

test.each(exhibits)("%s trains and reports what it promises", (name, { experiment, metric }) => {
  const { losses, metrics, shapes } = outcomes[folders.get(name)!]!;
  expect(losses).toEqual([expect.any(Number), expect.any(Number)]);
  expect(Object.keys(metrics).sort()).toEqual([...experiment.metrics].sort());
  expect(metrics[metric]).toEqual(expect.any(Number));
  const names = weightNames(experiment.document);
  const { weights } = modelFromJSON(experiment.toJSON(), { allowCode: true });
  expect(shapes).toEqual(
    Object.fromEntries(Object.entries(weights).map(([weight, { shape }]) => [names.get(weight), shape])),
  );
});
