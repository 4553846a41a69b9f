import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join as joinPath } from "node:path";
import {
  adabelief,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  cosine,
  cosineRestarts,
  data,
  experiment,
  exponential,
  graph,
  head,
  inverseSqrt,
  inverseTime,
  join,
  lamb,
  lars,
  linear,
  lion,
  model,
  muon,
  nadam,
  type Optimizer,
  oneCycle,
  optimizers,
  piecewise,
  polynomial,
  radam,
  rmsprop,
  type Schedule,
  schedules,
  sgd,
  step,
  warmupConstant,
  warmupCosine,
  warmupExponential,
  warmupLinear,
  warmupStableDecay,
} from "@flaxen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { output, python, ruff } from "../../test/python.ts";
import { compile } from "../compile.ts";
import { configText } from "../config-text.ts";

/** Numbers other than the defaults: one that is not handed on would be seen. */
const optimizerCases: Readonly<Record<string, Optimizer>> = {
  sgd: sgd({ learningRate: 0.1 }),
  "sgd, nesterov": sgd({ learningRate: 0.1, momentum: 0.7, nesterov: true }),
  adam: adam({ learningRate: 0.1, b1: 0.8, b2: 0.95, eps: 1e-3 }),
  "adamw, all": adamw({ learningRate: 0.1, weightDecay: 0.3, decay: "all" }),
  "adamw, kernels": adamw({ learningRate: 0.1, b1: 0.7, weightDecay: 0.3, decay: "kernels" }),
  nadam: nadam({ learningRate: 0.1, b1: 0.8, b2: 0.95, eps: 1e-3 }),
  radam: radam({ learningRate: 0.1, b1: 0.8, b2: 0.99, eps: 1e-3, threshold: 7 }),
  adamax: adamax({ learningRate: 0.1, b1: 0.8, b2: 0.9, eps: 1e-2 }),
  adabelief: adabelief({ learningRate: 0.1, b1: 0.8, b2: 0.95, eps: 1e-3, epsRoot: 1e-3 }),
  rmsprop: rmsprop({ learningRate: 0.1, decay: 0.8, eps: 1e-2 }),
  "rmsprop, momentum": rmsprop({ learningRate: 0.1, momentum: 0.6 }),
  adagrad: adagrad({ learningRate: 0.1, initialAccumulator: 0.5, eps: 1e-2 }),
  adadelta: adadelta({ learningRate: 2, rho: 0.8, eps: 1e-2 }),
  adafactor: adafactor({ learningRate: 0.1, decayRate: 0.6, clippingThreshold: 0.8, eps: 1e-3, smallestFactored: 3 }),
  "adafactor, plain": adafactor({
    learningRate: 0.1,
    relative: false,
    momentum: 0.7,
    weightDecay: 0.02,
    decay: "kernels",
  }),
  "lion, kernels": lion({ learningRate: 0.1, b1: 0.8, b2: 0.9, weightDecay: 0.2, decay: "kernels" }),
  "lamb, kernels": lamb({ learningRate: 0.1, b1: 0.8, b2: 0.95, eps: 1e-2, weightDecay: 0.2, decay: "kernels" }),
  "lars, kernels": lars({ momentum: 0.8, trustCoefficient: 0.1, eps: 0.3, weightDecay: 0.2, decay: "kernels" }),
  "lars, nesterov": lars({ learningRate: 0.5, nesterov: true, trustCoefficient: 0.05 }),
  muon: muon({ learningRate: 0.1, momentum: 0.9, rms: 0.3, weightDecay: 0.2, b1: 0.8, b2: 0.95, adamWeightDecay: 0.1 }),
  "muon, plain": muon({ learningRate: 0.1, nesterov: false, newtonSchulzSteps: 3, eps: 1e-3 }),
  "adam, warmupLinear": adam({ learningRate: warmupLinear({ peak: 0.2, warmupSteps: 5 }) }),
};

const scheduleCases: Readonly<Record<string, Schedule>> = {
  linear: linear({ peak: 0.3, end: 0.1 }),
  "linear, rising": linear({ peak: 0, end: 1 }),
  polynomial: polynomial({ peak: 0.3, end: 0.01, power: 1.5 }),
  cosine: cosine({ peak: 0.3 }),
  "cosine to an end": cosine({ peak: 0.3, end: 0.1 }),
  "restarts of one length": cosineRestarts({ peak: 0.3, period: 6, growth: 1, end: 0.05 }),
  restarts: cosineRestarts({ peak: 0.3, period: 3 }),
  "restarts, three times as long": cosineRestarts({ peak: 0.3, period: 2, growth: 3 }),
  exponential: exponential({ peak: 0.3, factor: 0.5, every: 7 }),
  staircase: exponential({ peak: 0.3, factor: 0.5, every: 7, staircase: true }),
  step: step({ peak: 0.3, every: 6 }),
  "step, epochs": step({ peak: 0.3, every: 2, factor: 0.5, unit: "epochs" }),
  "exponential, epochs": exponential({ peak: 0.3, factor: 0.5, every: 2, unit: "epochs" }),
  "staircase, epochs": exponential({ peak: 0.3, factor: 0.5, every: 1, staircase: true, unit: "epochs" }),
  inverseTime: inverseTime({ peak: 0.3, rate: 2, every: 7 }),
  "inverseTime, staircase": inverseTime({ peak: 0.3, rate: 0.5, every: 6, staircase: true }),
  piecewise: piecewise({ rates: [0.3, 0.2, 0.5], from: [4, 11] }),
  "piecewise, one": piecewise({ rates: [0.3], from: [] }),
  inverseSqrt: inverseSqrt({ peak: 0.3, warmupSteps: 5 }),
  "inverseSqrt, no warm-up": inverseSqrt({ peak: 0.3, warmupSteps: 0 }),
  oneCycle: oneCycle({ peak: 0.3 }),
  "oneCycle, falling only": oneCycle({ peak: 0.3, warmup: 0, endFactor: 0.1 }),
  "oneCycle, rising only": oneCycle({ peak: 0.3, warmup: 1, startFactor: 0.2 }),
  "oneCycle, straight": oneCycle({ peak: 0.3, anneal: "linear" }),
  "oneCycle, straight, falling only": oneCycle({ peak: 0.3, warmup: 0, endFactor: 0.1, anneal: "linear" }),
  "oneCycle, straight, rising only": oneCycle({ peak: 0.3, warmup: 1, startFactor: 0.2, anneal: "linear" }),
  warmupExponential: warmupExponential({ peak: 0.3, warmupSteps: 5, factor: 0.5, every: 4 }),
  "warmupExponential to an end": warmupExponential({ peak: 0.3, warmupSteps: 0, factor: 0.3, every: 4, end: 0.05 }),
  join: join({
    schedules: [linear({ peak: 0, end: 0.3 }), 0.3, cosineRestarts({ peak: 0.3, period: 2 }), cosine({ peak: 0.2 })],
    from: [4, 7, 13],
  }),
  "join of two": join({ schedules: [0.1, step({ peak: 0.3, every: 1, unit: "epochs" })], from: [9] }),
  "join, ending in a number": join({
    schedules: [piecewise({ rates: [0.1, 0.2], from: [2] }), oneCycle({ peak: 0.3 }), 0.05],
    from: [5, 15],
  }),
  "join beyond the run": join({ schedules: [cosine({ peak: 0.3 }), polynomial({ peak: 0.1 })], from: [30] }),
  warmupConstant: warmupConstant({ peak: 0.3, warmupSteps: 5 }),
  warmupLinear: warmupLinear({ peak: 0.3, warmupSteps: 5, end: 0.1 }),
  "warm-up as long as the run": warmupLinear({ peak: 0.3, warmupSteps: 20 }),
  "warm-up longer than the run": warmupCosine({ peak: 0.3, warmupSteps: 40 }),
  warmupCosine: warmupCosine({ peak: 0.3, warmupSteps: 5 }),
  "warmupCosine to an end": warmupCosine({ peak: 0.3, warmupSteps: 5, end: 0.1 }),
  "no warm-up": warmupCosine({ peak: 0.3, warmupSteps: 0 }),
  warmupStableDecay: warmupStableDecay({ peak: 0.3, warmupSteps: 4, decaySteps: 6, end: 0.1 }),
  "stable to the end": warmupStableDecay({ peak: 0.3, warmupSteps: 4, decaySteps: 0 }),
};

const steps = 20;
const folder = mkdtempSync(joinPath(tmpdir(), "flaxen-training-"));
const x = graph.input("x", [4]);
const net = model({ inputs: { x }, heads: { price: head.regression(x.dense(3)) } });
const compiled = (optimizer: Optimizer) =>
  compile(experiment(net, { data: data.idx({ train: { x: "x", price: "y" } }), optimizer, steps }).document);

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

const writeCase = (name: string, optimizer: Optimizer): string => {
  const own = joinPath(folder, name.replace(/\W+/g, "-"));
  const { program, config } = compiled(optimizer);
  for (const file of ["model.py", "train.py"]) write(joinPath(own, file), program.files[file]!);
  write(joinPath(own, "config.json"), configText(config));
  return own;
};

interface Outcome {
  readonly optimizers: Readonly<Record<string, { readonly differences: readonly number[]; readonly moved: number }>>;
  readonly schedules: Readonly<
    Record<string, { readonly ours: readonly number[]; readonly theirs: readonly number[] }>
  >;
}
let outcome: Outcome = { optimizers: {}, schedules: {} };

beforeAll(() => {
  const { program } = compiled(sgd());
  for (const [path, text] of Object.entries(program.files))
    if (path.startsWith("flaxen/")) write(joinPath(folder, "runtime", path), text);
  const cases = {
    runtime: joinPath(folder, "runtime"),
    optimizers: Object.entries(optimizerCases).map(([name, optimizer]) => ({
      name,
      folder: writeCase(name, optimizer),
      type: optimizer.type,
      params: optimizer.params,
    })),
    schedules: Object.entries(scheduleCases).map(([name, schedule]) => ({
      name,
      steps,
      folder: writeCase(`schedule ${name}`, adam({ learningRate: schedule })),
      type: schedule.type,
      params: schedule.params,
    })),
  };
  const script = joinPath(import.meta.dirname, "..", "..", "test", "training", "check_training.py");
  outcome = JSON.parse(
    output(python, ["-B", "-W", "error::DeprecationWarning", script], { input: JSON.stringify(cases) }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every optimizer and schedule is tried", () => {
  const used = (cases: Readonly<Record<string, { readonly type: string }>>) =>
    new Set(Object.values(cases).map(({ type }) => type));
  expect(used(optimizerCases)).toEqual(new Set(Object.keys(optimizers)));
  expect(used(scheduleCases)).toEqual(new Set(Object.keys(schedules).filter((type) => type !== "constant")));
});

test.each(Object.keys(optimizerCases))("%s makes the steps of its formula", (name) => {
  const { differences, moved } = outcome.optimizers[name]!;
  expect(differences).toHaveLength(steps);
  expect(moved).toBeGreaterThan(0.05);
  for (const [i, difference] of differences.entries()) expect(difference, `step ${i}`).toBeLessThan(1e-4);
});

test.each(Object.keys(scheduleCases))("the schedule %s gives its formula's learning rates", (name) => {
  const { ours, theirs } = outcome.schedules[name]!;
  expect(ours).toHaveLength(steps + 4);
  for (const [i, rate] of ours.entries()) expect(Math.abs(rate - theirs[i]!), `step ${i}`).toBeLessThan(1e-6);
});

test("all of them are as ruff would have it, with the long names of joined schedules in groups too", () => {
  const whole = join({
    schedules: Object.values(scheduleCases)
      .filter(({ type }) => type !== "join")
      .slice(0, 20),
    from: Array.from({ length: 19 }, (_, i) => i + 1),
  });
  const others = join({
    schedules: Object.values(scheduleCases)
      .filter(({ type }) => type !== "join")
      .slice(-20),
    from: whole.params.from as number[],
  });
  const { document } = experiment(net, {
    data: data.idx({ train: { x: "x", price: "y" } }),
    optimizer: adam({ learningRate: others }),
    groups: [
      { match: "*/bias", learningRate: whole },
      { match: "*", learningRate: others },
    ],
    steps,
  });
  write(joinPath(folder, "long names", "train.py"), compile(document).program.files["train.py"]!);
  expect(ruff(["format", "--diff", "--line-length=120", "--exclude=runtime", "."], { cwd: folder })).toBe("");
  const rules = "--select=A,B,C4,E,F,N,PERF,PIE,PTH,RET,SIM,UP,W";
  const checked = ruff(["check", rules, "--line-length=120", "--exclude=runtime", "."], { cwd: folder });
  expect(checked).toContain("All checks passed!");
});

test("a number that changes leaves the program as it is", () => {
  const one = compiled(muon({ learningRate: oneCycle({ peak: 1 }), rms: 0.1 })).program.hash;
  expect(compiled(muon({ learningRate: oneCycle({ peak: 0.2, warmup: 0.1 }), momentum: 0.5 })).program.hash).toBe(one);
  expect(compiled(muon({ learningRate: oneCycle({ peak: 1 }), nesterov: false })).program.hash).not.toBe(one);
});
