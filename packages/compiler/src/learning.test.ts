import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  adam,
  adamw,
  cosine,
  data,
  experiment,
  graph,
  head,
  model,
  type Optimizer,
  sgd,
  warmupCosine,
} from "@flaxen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import * as reference from "../test/reference.ts";

const steps = 12;

/** An experiment's numbers, and what the formulas make of them. */
interface Case {
  readonly optimizer: Optimizer;
  readonly rule: () => reference.Rule;
  readonly rate: (step: number) => number;
  readonly clipNorm?: number;
  /** Each step is an epoch: what its learning rate is multiplied by, by the losses of those before. */
  readonly plateau?: { readonly minDelta: number; readonly scale: (losses: readonly number[]) => number };
  readonly losses?: reference.Losses;
}
const equal: reference.Losses = { valueWeight: 1, kindWeight: 1, labelSmoothing: 0 };
const falling = (progress: number) => (1 + Math.cos(Math.PI * progress)) / 2;

/** Halved after every 2 epochs whose losses do not improve by more than `minDelta`, down to 0.2. */
const scaleAfter = (losses: readonly number[], minDelta: number): number => {
  let [best, waited, scale] = [Number.POSITIVE_INFINITY, 0, 1];
  for (const loss of losses) {
    waited += 1;
    if (loss < best - minDelta) [best, waited] = [loss, 0];
    if (waited >= 2) [scale, waited] = [Math.max(scale / 2, 0.2), 0];
  }
  return scale;
};

const cases: Readonly<Record<string, Case>> = {
  "a learning rate of 0": { optimizer: sgd({ learningRate: 0 }), rule: () => (g) => g, rate: () => 0 },
  sgd: { optimizer: sgd({ learningRate: 0.1 }), rule: () => (g) => g, rate: () => 0.1 },
  momentum: {
    optimizer: sgd({ learningRate: 0.05, momentum: 0.8 }),
    rule: () => reference.momentumRule(0.8, false),
    rate: () => 0.05,
  },
  nesterov: {
    optimizer: sgd({ learningRate: 0.05, momentum: 0.8, nesterov: true }),
    rule: () => reference.momentumRule(0.8, true),
    rate: () => 0.05,
  },
  "adam, cosine": {
    optimizer: adam({ learningRate: cosine({ peak: 0.2 }), b1: 0.8, b2: 0.95, eps: 1e-3 }),
    rule: () => reference.adamRule(0.8, 0.95, 1e-3),
    rate: (step) => 0.2 * falling(step / steps),
  },
  "adamw, warmupCosine": {
    optimizer: adamw({ learningRate: warmupCosine({ peak: 0.3, warmupSteps: 4 }), weightDecay: 0.2 }),
    rule: () => reference.adamRule(0.9, 0.999, 1e-8, 0.2),
    rate: (step) => 0.3 * (step < 4 ? step / 4 : falling((step - 4) / (steps - 4))),
  },
  "adam, cosine, reduced on a plateau": {
    optimizer: adam({ learningRate: cosine({ peak: 0.2 }), b1: 0.8, b2: 0.95, eps: 1e-3 }),
    rule: () => reference.adamRule(0.8, 0.95, 1e-3),
    rate: (step) => 0.2 * falling(step / steps),
    plateau: { minDelta: 1.5, scale: (losses) => scaleAfter(losses, 1.5) },
  },
  "sgd, reduced on a plateau": {
    optimizer: sgd({ learningRate: 0.1 }),
    rule: () => (g) => g,
    rate: () => 0.1,
    plateau: { minDelta: 1.5, scale: (losses) => scaleAfter(losses, 1.5) },
  },
  clipping: { optimizer: sgd({ learningRate: 0.1 }), rule: () => (g) => g, rate: () => 0.1, clipNorm: 0.7 },
  "a norm that is never reached": {
    optimizer: sgd({ learningRate: 0.1 }),
    rule: () => (g) => g,
    rate: () => 0.1,
    clipNorm: 1e6,
  },
  "weights of heads, label smoothing": {
    optimizer: sgd({ learningRate: 0.1 }),
    rule: () => (g) => g,
    rate: () => 0.1,
    losses: { valueWeight: 0.25, kindWeight: 3, labelSmoothing: 0.3 },
  },
};

const experimentOf = ({ optimizer, clipNorm, plateau, losses }: Case) => {
  const x = graph.input("x", [reference.features]);
  const weighted = losses && { weight: losses.kindWeight, labelSmoothing: losses.labelSmoothing };
  const net = model({
    inputs: { x },
    heads: {
      value: head.regression(x, { outputs: reference.outputs, ...(losses && { weight: losses.valueWeight }) }),
      kind: head.classification(x, { classes: reference.kinds, ...weighted }),
    },
  });
  const columns = {
    x: { data: reference.x, shape: [reference.rows, reference.features] },
    value: { data: reference.value, shape: [reference.rows, reference.outputs] },
    kind: reference.kind,
  };
  return experiment(net, {
    data: data.arrays(columns),
    optimizer,
    steps,
    batchSize: reference.rows,
    seed: 5,
    ...(clipNorm !== undefined && { clipNorm }),
    ...(plateau && {
      reduceOnPlateau: { metric: "loss", factor: 0.5, patience: 2, minDelta: plateau.minDelta, minScale: 0.2 },
    }),
  });
};

interface Outcome {
  readonly losses: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}
const names = Object.keys(cases);
const folders = new Map<string, string>();
let outcomes: Readonly<Record<string, Outcome>> = {};
const outcomeOf = (name: string) => outcomes[folders.get(name)!]!;
const weightsOf = ({ weights }: Outcome) => Object.keys(reference.sizes).flatMap((name) => weights[name]!);

beforeAll(() => {
  for (const name of names) folders.set(name, writeProject(experimentOf(cases[name]!)));
  const script = join(import.meta.dirname, "..", "test", "run_learning.py");
  outcomes = JSON.parse(output(python, ["-B", script, ...folders.values()]));
});
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s: every loss and the last weights are those of the formulas", (name) => {
  const { rule, rate, clipNorm, plateau, losses = equal } = cases[name]!;
  const update = rule();
  // All of them start from the same weights: the seed is one, and a rate of 0 leaves them as they are.
  let weights: reference.Weights = weightsOf(outcomeOf("a learning rate of 0"));
  const expected: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { loss, gradient } = reference.lossAndGradient(weights, losses);
    const now = rate(step) * (plateau?.scale(expected) ?? 1);
    expected.push(loss);
    const change = update(clipNorm === undefined ? gradient : reference.clipped(gradient, clipNorm), weights, step);
    weights = weights.map((weight, i) => weight - now * change[i]!);
  }
  const outcome = outcomeOf(name);
  expect(outcome.losses).toHaveLength(steps);
  for (const [step, loss] of outcome.losses.entries())
    expect(Math.abs(loss - expected[step]!), `${step}`).toBeLessThan(1e-4);
  for (const [i, weight] of weightsOf(outcome).entries())
    expect(Math.abs(weight - weights[i]!), `weight ${i}`).toBeLessThan(1e-4);
});

test("no two of them learn alike but those that should: the comparison is not blind", () => {
  const last = new Map(names.map((name) => [name, outcomeOf(name).losses.at(-1)!]));
  expect(last.get("a norm that is never reached")).toBeCloseTo(last.get("sgd")!, 5);
  last.delete("a norm that is never reached");
  const sorted = [...last.values()].sort((a, b) => a - b);
  for (const [i, loss] of sorted.slice(1).entries()) expect(loss - sorted[i]!).toBeGreaterThan(1e-3);
});
