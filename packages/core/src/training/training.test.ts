import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import {
  adafactor,
  adam,
  adamw,
  constant,
  cosine,
  cosineRestarts,
  inverseTime,
  join,
  lion,
  muon,
  oneCycle,
  optimizers,
  piecewise,
  rolesOf,
  schedules,
  sgd,
  step,
  warmupCosine,
  warmupExponential,
} from "../index.ts";

test("defaults are written out, a bare number is a constant schedule", () => {
  expect(sgd()).toMatchObject({
    type: "sgd",
    params: { learningRate: { type: "constant", params: constant(0.01).params }, nesterov: false },
  });
  expect(Object.keys(sgd().params)).not.toContain("momentum");
  expect(adam({ learningRate: 0.1 }).params).toEqual({
    learningRate: { type: "constant", params: { value: 0.1 } },
    b1: 0.9,
    b2: 0.999,
    eps: 1e-8,
  });
  expect(adamw({ learningRate: cosine({ peak: 1 }) }).params).toMatchObject({
    learningRate: { type: "cosine", params: { peak: 1 } },
    weightDecay: 1e-4,
  });
});

test("numbers are dynamic, what changes the program is structure", () => {
  expect(rolesOf(optimizers.sgd.parameters)).toEqual({ momentum: "dynamic", nesterov: "structure" });
  const structure = [
    "nesterov",
    "decay",
    "newtonSchulzSteps",
    "relative",
    "smallestFactored",
    "growth",
    "staircase",
    "unit",
    "anneal",
    "schedules",
  ];
  for (const { type, parameters } of [...Object.values(optimizers), ...Object.values(schedules)])
    for (const [name, role] of Object.entries(rolesOf(parameters)))
      if (type !== "rmsprop")
        expect(`${name}: ${role}`).toBe(`${name}: ${structure.includes(name) ? "structure" : "dynamic"}`);
  expect(new Set(Object.values(rolesOf(optimizers.rmsprop.parameters)))).toEqual(new Set(["dynamic"]));
});

test("joined schedules are written out, a number among them is a constant one", () => {
  const { type, params } = join({ schedules: [0.1, cosine({ peak: 1 })], from: [5] });
  expect({ type, params }).toEqual({
    type: "join",
    params: {
      schedules: [
        { type: "constant", params: { value: 0.1 } },
        { type: "cosine", params: { peak: 1 } },
      ],
      from: [5],
    },
  });
});

const untyped = {
  inverseTime,
  join,
  oneCycle,
  step,
  warmupExponential,
  adafactor,
  cosineRestarts,
  lion,
  muon,
  piecewise,
  adam,
  adamw,
  constant,
  cosine,
  sgd,
  warmupCosine,
} as unknown as Record<string, (options: unknown) => unknown>;
const refused: readonly (readonly [string, unknown, string, string])[] = [
  ["adam", { learningrate: 1 }, "unknown-option", 'Did you mean "learningRate"?'],
  ["adam", { learningRate: -1 }, "bad-parameter", "learningRate must be at least 0, but it is -1"],
  ["adam", { learningRate: "fast" }, "bad-parameter", "learningRate must be a number or a schedule"],
  ["adam", { learningRate: sgd() }, "bad-parameter", "learningRate must be a number or a schedule"],
  ["adam", { b1: 1 }, "bad-parameter", "b1 must be less than 1"],
  ["adamw", { weightDecay: Number.NaN }, "bad-parameter", "weightDecay"],
  ["sgd", { nesterov: true }, "bad-parameter", "nesterov needs a momentum"],
  ["constant", -1, "bad-parameter", "value must be at least 0"],
  ["cosine", {}, "bad-parameter", "cosine needs peak"],
  ["cosine", undefined, "bad-parameter", "cosine"],
  ["warmupCosine", { peak: 1, warmupSteps: 1.5 }, "bad-parameter", "warmupSteps"],
  ["lion", { decay: "some" }, "bad-parameter", "decay"],
  ["adafactor", { decay: "kernels" }, "bad-parameter", "decay needs a weightDecay"],
  ["muon", { newtonSchulzSteps: 0 }, "bad-parameter", "newtonSchulzSteps must be at least 1"],
  ["cosineRestarts", { peak: 1, period: 0 }, "bad-parameter", "period must be at least 1"],
  [
    "piecewise",
    { rates: [1, 2], from: [] },
    "bad-parameter",
    "from needs one step for each learning rate but the first",
  ],
  ["piecewise", { rates: [1, 2, 3], from: [5, 5] }, "bad-parameter", "the steps in from must rise"],
  ["inverseTime", { peak: 1, rate: -1, every: 5 }, "bad-parameter", "rate must be at least 0"],
  ["oneCycle", { peak: 1, anneal: "straight" }, "bad-parameter", "anneal"],
  ["step", { peak: 1, every: 2, unit: "days" }, "bad-parameter", "unit"],
  ["warmupExponential", { peak: 1, warmupSteps: 1, factor: 2, every: 1 }, "bad-parameter", "factor must be at most 1"],
  ["warmupExponential", { peak: 1, warmupSteps: 1, factor: 0.9, every: 1, end: 2 }, "bad-parameter", "end must be"],
  ["join", undefined, "bad-parameter", "join"],
  ["join", { schedules: [0.1], from: [] }, "bad-parameter", "schedules"],
  ["join", { schedules: [0.1, "fast"], from: [1] }, "bad-parameter", "schedules must be numbers and schedules"],
  ["join", { schedules: [0.1, -1], from: [1] }, "bad-parameter", "value must be at least 0"],
  ["join", { schedules: [0.1, 0.2], from: [] }, "bad-parameter", "from needs one step for each schedule but the first"],
  ["join", { schedules: [1, 2, 3], from: [5, 5] }, "bad-parameter", "the steps in from must rise"],
  [
    "join",
    { schedules: [join({ schedules: [1, 2], from: [1] }), 1], from: [5] },
    "bad-parameter",
    "is a join itself. List its schedules among these",
  ],
  ["warmupCosine", { peak: 1, warmup: 1 }, "unknown-option", 'has no option "warmup"'],
];

test.each(refused)("%s(%o) is refused where it was written", (name, options, code, words) => {
  const error = thrown(() => untyped[name]!(options));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/training\.test\.ts$/);
});
