import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { adamw, data, experiment, fromJSON, graph, head, model, modelFromJSON } from "../index.ts";

const pixels = graph.input("pixels", [64]);
const features = pixels.dense(16).relu();
const digits = model({
  inputs: { pixels },
  heads: {
    digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }),
  },
});
const untyped = experiment as (model: unknown, options: unknown) => ReturnType<typeof fromJSON>;

test("what is left out is what a practitioner would choose", () => {
  const { document } = experiment(digits, { data: data.digits(), epochs: 3 });
  expect(document.data).toEqual({ type: "digits", params: { validation: 0.2 } });
  expect(document.training).toEqual({
    optimizer: { type: "adamw", params: adamw({ learningRate: 1e-3 }).params },
    epochs: 3,
    batchSize: 32,
    seed: 0,
    shuffleSeed: 0,
  });
});

test("metrics are in order, those of validation last", () => {
  const names = ["loss", "digit/loss", "digit/accuracy"];
  const { metrics } = experiment(digits, { data: data.digits(), epochs: 1 });
  expect(metrics).toEqual([...names, ...names.map((name) => `val/${name}`)]);
  expect(experiment(digits, { data: rows(4), epochs: 1, batchSize: 1 }).metrics).toEqual(names);
});

const rows = (count: number) =>
  data.arrays({
    pixels: new Float32Array(count * 64),
    digit: Int32Array.from({ length: count }, (_, row) => row % 10),
  });

test.each([
  ["val/loss", "min"],
  ["digit/loss", "min"],
  ["val/digit/accuracy", "max"],
] as const)("early stopping on %s looks for the %s", (metric, mode) => {
  const { document } = experiment(digits, { data: data.digits(), epochs: 1, earlyStopping: { metric } });
  expect(document.training.earlyStopping).toEqual({ metric, mode, patience: 5, minDelta: 0 });
});

test("a plateau's settings are written out; without one a document says nothing of it", () => {
  const options = { data: data.digits(), epochs: 1 };
  const plateau = experiment(digits, { ...options, reduceOnPlateau: { metric: "val/digit/accuracy", patience: 3 } });
  expect(plateau.document.training.reduceOnPlateau).toEqual({
    metric: "val/digit/accuracy",
    mode: "max",
    factor: 0.1,
    patience: 3,
    minDelta: 0,
    cooldown: 0,
    minScale: 0,
  });
  expect(experiment(digits, options).document.training).not.toHaveProperty("reduceOnPlateau");
  const longer = experiment(digits, {
    ...options,
    earlyStopping: { metric: "val/loss", patience: 6 },
    reduceOnPlateau: { metric: "val/loss", patience: 5 },
  });
  expect(longer.document.training.reduceOnPlateau?.mode).toBe("min");
});

test("rmse is better when smaller, r2 when larger", () => {
  const net = model({ inputs: { pixels }, heads: { y: head.regression(features, { metrics: ["rmse", "r2"] }) } });
  const table = data.arrays({ pixels: [Array.from({ length: 64 }, () => 1)], y: [1] });
  const mode = (metric: "y/rmse" | "y/r2") =>
    experiment(net, { data: table, epochs: 1, batchSize: 1, earlyStopping: { metric } }).document.training.earlyStopping
      ?.mode;
  expect([mode("y/rmse"), mode("y/r2")]).toEqual(["min", "max"]);
});

const refused: readonly (readonly [string, object, string, string])[] = [
  ["a misspelt option", { epocs: 1 }, "unknown-option", 'experiment has no option "epocs". Did you mean "epochs"?'],
  [
    "a misspelt option within an option",
    { groups: [{ match: "*", weigthDecay: 0 }] },
    "unknown-option",
    'experiment: groups[0] has no option "weigthDecay".',
  ],
  ["neither epochs nor steps", {}, "bad-parameter", "give either epochs or steps"],
  ["both", { epochs: 1, steps: 1 }, "bad-parameter", "not both"],
  ["a batch of none", { epochs: 1, batchSize: 0 }, "bad-parameter", "batchSize must be at least 1"],
  ["half a batch", { epochs: 1, batchSize: 1.5 }, "bad-parameter", "batchSize"],
  [
    "a batch larger than the data",
    { epochs: 1, batchSize: 2_000 },
    "batch-larger-than-data",
    "there are 1438 rows to train on",
  ],
  ["a negative seed", { epochs: 1, seed: -1 }, "bad-parameter", "seed must be at least 0"],
  ["a norm of zero", { epochs: 1, clipNorm: 0 }, "bad-parameter", "clipNorm must be more than 0"],
  ["no data", { epochs: 1, data: undefined }, "bad-parameter", "data"],
  [
    "data of another model",
    { epochs: 1, data: data.mnist() },
    "data-mismatch",
    'its images are [28, 28, 1], but input "pixels" is [64]',
  ],
  [
    "a function for an optimizer",
    { epochs: 1, optimizer: adamw },
    "bad-parameter",
    "must be an optimizer, such as adamw()",
  ],
  [
    "an unknown metric",
    { epochs: 1, earlyStopping: { metric: "val/digit/acuracy" } },
    "unknown-metric",
    'Did you mean "val/digit/accuracy"?',
  ],
  [
    "an unknown metric of a plateau",
    { epochs: 1, reduceOnPlateau: { metric: "val/digit/acuracy" } },
    "unknown-metric",
    'reduceOnPlateau: there is no metric "val/digit/acuracy"',
  ],
  [
    "a learning rate that grows on a plateau",
    { epochs: 1, reduceOnPlateau: { metric: "loss", factor: 2 } },
    "bad-parameter",
    "reduceOnPlateau.factor must be less than 1",
  ],
  [
    "a plateau without patience",
    { epochs: 1, reduceOnPlateau: { metric: "loss", patience: 0 } },
    "bad-parameter",
    "reduceOnPlateau.patience must be at least 1",
  ],
  [
    "a plateau that the run does not outlive",
    { epochs: 1, earlyStopping: { metric: "val/loss" }, reduceOnPlateau: { metric: "val/loss" } },
    "bad-parameter",
    "its patience is 10 epochs, but earlyStopping ends the run after 5",
  ],
];

test.each(refused)("%s is refused", (_, options, code, words) => {
  const error = thrown(() => untyped(digits, { data: data.digits(), ...options }));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/experiment\.test\.ts$/);
});

test("JSON is read again without a loss, its bytes given beside it", () => {
  const made = experiment(digits, { data: rows(8), steps: 3, batchSize: 4, clipNorm: 0.5 });
  const read = fromJSON(JSON.parse(JSON.stringify(made)), { assets: made.assets });
  expect(read.document).toEqual(made.document);
  expect(read.hash).toBe(made.hash);
  expect(read.metrics).toEqual(made.metrics);
  expect(modelFromJSON(digits.toJSON()).document).toEqual(digits.document);
  expect(experiment(modelFromJSON(read.toJSON()), { data: data.digits(), epochs: 1 }).hash).toBe(
    experiment(digits, { data: data.digits(), epochs: 1 }).hash,
  );
});

test("a model's document is no experiment, and bytes must be what their hash says", () => {
  expect(thrown(() => fromJSON(digits.toJSON())).code).toBe("incomplete-document");
  const made = experiment(digits, { data: rows(8), steps: 3, batchSize: 4 });
  const [[sha256]] = made.assets as unknown as [[string]];
  expect(thrown(() => fromJSON(made.toJSON(), { assets: new Map([[sha256, Uint8Array.of(1)]]) })).message).toContain(
    sha256,
  );
});

test("moving a line changes neither document nor hash; changing a number changes the hash", () => {
  const at = (epochs: number) => experiment(digits, { data: data.digits(), epochs });
  const there = experiment(digits, { data: data.digits(), epochs: 1 });
  expect(at(1).hash).toBe(there.hash);
  expect(at(2).hash).not.toBe(there.hash);
  expect(there.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
});
