import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  adam,
  adamw,
  data,
  type Experiment,
  type ExperimentOptions,
  experiment,
  graph,
  head,
  lion,
  model,
  muon,
  sgd,
  warmupCosine,
} from "@flaxen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeProject } from "../../test/project.ts";
import { output, python, ruff } from "../../test/python.ts";
import { compile } from "../compile.ts";

// 21 rows in batches of 8: the last has 5 real rows, in four parts of two rows 2, 2, 1 and none.
const rows = 21;
const numbers = (width: number, turn: number) => ({
  data: Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i * turn)),
  shape: [rows, width] as const,
});

type Options = Partial<ExperimentOptions>;
const experimentOf = (options: Options): Experiment => {
  const x = graph.input("x", [4]);
  const hidden = x.dense(5, { name: "hiddenPart" }).tanh().dense(4, { name: "upper" }).tanh();
  const net = model({
    inputs: { x },
    heads: {
      value: head.regression(hidden, { outputs: 2 }),
      kind: head.classification(hidden, { classes: 3, metrics: ["accuracy"] }),
    },
  });
  const columns = {
    x: numbers(4, 0.7),
    value: numbers(2, 1.3),
    kind: Int32Array.from({ length: rows }, (_, i) => (i * i) % 3),
  };
  return experiment(net, {
    // Where nothing is validated, nothing is compiled for it.
    data: data.arrays(columns, options.earlyStopping ? { validation: columns } : {}),
    optimizer: sgd({ learningRate: 0.1 }),
    batchSize: 8,
    steps: 1,
    seed: 3,
    ...options,
  } as never);
};

const smooth = { optimizer: adam({ learningRate: 0.05 }), steps: 9, clipNorm: 0.5 };
const one = { optimizer: sgd({ learningRate: 0.1 }), steps: 1 };
const cases: Readonly<Record<string, Options>> = {
  untouched: { optimizer: sgd({ learningRate: 0 }) },
  whole: smooth,
  "in four parts": { ...smooth, accumulate: 4 },
  "one step": one,
  "two steps": { ...one, steps: 2 },
  "three steps": { ...one, steps: 3 },
  "three steps, mean": { ...one, steps: 3, averageWeights: 0.15 },
  frozen: { ...one, freeze: ["hiddenPart", "value*"] },
  "frozen, clipped": { ...one, freeze: "hiddenPart/*", clipNorm: 0.01 },
  groups: {
    ...one,
    groups: [
      { match: "*/bias", learningRate: 0.3 },
      { match: ["upper"], optimizer: sgd({ learningRate: 0.02 }) },
      { match: "kind", learningRate: 0 },
    ],
  },
  clipped: { ...one, clipValue: 0.01 },
  "no decay for the head": {
    optimizer: lion({ learningRate: 0.01, weightDecay: 0.9 }),
    groups: [{ match: "value", weightDecay: 0 }],
  },
  everything: {
    optimizer: adamw({ learningRate: warmupCosine({ peak: 0.05, warmupSteps: 2 }), decay: "kernels" }),
    groups: [
      { match: "value", learningRate: warmupCosine({ peak: 0.1, warmupSteps: 3, end: 0.01 }) },
      { match: "kind/kernel", optimizer: muon() },
    ],
    freeze: "hiddenPart/kernel",
    accumulate: 2,
    averageWeights: 0.9,
    clipNorm: 1,
    clipValue: 0.5,
    steps: 7,
    earlyStopping: { metric: "val/loss" },
  },
};

interface Outcome {
  readonly losses: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}
const folders = new Map<string, string>();
let outcomes: Readonly<Record<string, Outcome>> = {};
const of = (name: string): Outcome => outcomes[folders.get(name)!]!;
/** How far each number of each array is from where it started. */
const changes = (name: string): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.entries(of(name).weights).map(([array, values]) => [
      array,
      values.map((value, i) => value - of("untouched").weights[array]![i]!),
    ]),
  );
const expectNear = (got: readonly number[], expected: readonly number[], tolerance = 2e-6): void => {
  expect(got).toHaveLength(expected.length);
  for (const [i, value] of got.entries()) expect(Math.abs(value - expected[i]!), `${i}`).toBeLessThan(tolerance);
};

beforeAll(() => {
  for (const [name, options] of Object.entries(cases)) folders.set(name, writeProject(experimentOf(options)));
  const script = join(import.meta.dirname, "..", "..", "test", "run_learning.py");
  // What runs for a moment only need not be compiled well.
  outcomes = JSON.parse(output(python, ["-B", script, ...folders.values()]));
});
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

test("a batch read in parts is the batch", () => {
  const name = "in four parts";
  expectNear(of(name).losses, of("whole").losses);
  for (const [array, values] of Object.entries(of(name).weights)) expectNear(values, of("whole").weights[array]!, 1e-5);
  expect(Math.max(...Object.values(changes(name)).flat().map(Math.abs))).toBeGreaterThan(0.1);
});

test("what is frozen stays, the rest learns as without", () => {
  const all = changes("one step");
  for (const [array, moved] of Object.entries(changes("frozen")))
    expectNear(
      moved,
      array.startsWith("hidden_part/") || array.startsWith("value/") ? moved.map(() => 0) : all[array]!,
    );
  expect(Math.max(...all["hidden_part/kernel"]!.map(Math.abs))).toBeGreaterThan(1e-3);
});

test("a norm is that of what learns", () => {
  const moved = changes("frozen, clipped");
  expect(Math.hypot(...Object.values(moved).flat())).toBeCloseTo(0.1 * 0.01, 6);
  expectNear(moved["hidden_part/kernel"]!, Array(20).fill(0));
});

test("a group has its own learning rate, and the first that fits decides", () => {
  const all = changes("one step");
  for (const [array, moved] of Object.entries(changes("groups"))) {
    const rate = array.endsWith("/bias") ? 0.3 : array.startsWith("upper/") ? 0.02 : array === "kind/kernel" ? 0 : 0.1;
    expectNear(
      moved,
      all[array]!.map((change) => (change * rate) / 0.1),
      1e-5,
    );
  }
});

test("a group has its own decay", () => {
  const start = of("untouched").weights;
  for (const [array, moved] of Object.entries(changes("no decay for the head")))
    for (const [i, change] of moved.entries()) {
      const decay = array.startsWith("value/") ? 0 : 0.9 * start[array]![i]!;
      expect(Math.abs(Math.abs(change + 0.01 * decay) - 0.01)).toBeLessThan(1e-6);
    }
});

test("every number of a gradient is held", () => {
  const all = changes("one step");
  for (const [array, moved] of Object.entries(changes("clipped")))
    expectNear(
      moved,
      all[array]!.map((change) => Math.sign(change) * Math.min(Math.abs(change), 0.1 * 0.01)),
    );
});

test("the mean of the weights is what is kept", () => {
  const [first, second, third] = ["one step", "two steps", "three steps"].map((name) => of(name).weights);
  for (const [array, kept] of Object.entries(of("three steps, mean").weights)) {
    // Decays: 0, 1/11 and 0.15, since 2/12 is more.
    const mean = first![array]!.map((value, i) => {
      const two = value / 11 + (second![array]![i]! * 10) / 11;
      return 0.15 * two + 0.85 * third![array]![i]!;
    });
    expectNear(kept, mean);
  }
});

test("all of it together learns, and is as ruff would have it", () => {
  expect(of("everything").losses).toHaveLength(7);
  expect(of("everything").losses.every(Number.isFinite)).toBe(true);
  expectNear(changes("everything")["hidden_part/kernel"]!, Array(20).fill(0));
  const cwd = folders.get("everything")!;
  expect(ruff(["format", "--diff", "model.py", "train.py"], { cwd })).toBe("");
  const rules = "--select=A,B,C4,E,F,I,N,PERF,PIE,PTH,RET,SIM,UP,W";
  expect(ruff(["check", rules, "model.py", "train.py"], { cwd })).toContain("All checks passed!");
});

test("constants name the weights shortly, as model.py has them", () => {
  const text = (options: Options) => compile(experimentOf(options).document).program.files["train.py"]!;
  expect(text({ freeze: "*art" })).toContain('FROZEN = ("hidden_part/",)');
  expect(text({ freeze: ["hiddenPart/b*", "value"] })).toContain('FROZEN = ("hidden_part/bias/", "value/")');
  const grouped = text({ freeze: "hiddenPart/bias", groups: [{ match: ["hidden*", "*/bias"], learningRate: 1 }] });
  expect(grouped).toContain('GROUPS = {"group1": ("hidden_part/", "upper/bias/", "value/bias/", "kind/bias/")}');
  expect(text({ accumulate: 4 })).toMatch(/^PARTS = 4 /m); // flaxen.run.steps.parts_of reads it
  expect(text({})).not.toMatch(/FROZEN|GROUPS|PARTS|trained|average/);
});
