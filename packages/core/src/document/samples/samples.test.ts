import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  adam,
  adamw,
  cosine,
  data,
  type Experiment,
  experiment,
  fromJSON,
  graph,
  head,
  model,
  sgd,
  warmupCosine,
} from "../../index.ts";

/** The experiment of the first example. */
const digits = (): Experiment => {
  const image = graph.input("image", [28, 28, 1]);
  const features = image
    .conv2d(32, { kernel: 3 })
    .relu()
    .maxPool(2)
    .conv2d(64, { kernel: 3 })
    .relu()
    .maxPool(2)
    .flatten()
    .dense(128)
    .relu()
    .dropout(0.3);
  const net = model({
    name: "digits",
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top5"] }) },
  });
  const learningRate = warmupCosine({ peak: 1e-3, warmupSteps: 200 });
  return experiment(net, { data: data.mnist(), optimizer: adamw({ learningRate }), epochs: 3, batchSize: 128 });
};

const mlp = (): Experiment => {
  const pixels = graph.input("pixels", [64]);
  const features = pixels.dense(128, { name: "hidden" }).relu().dense(128).relu();
  const net = model({
    name: "mlp",
    inputs: { pixels },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
  return experiment(net, {
    data: data.digits(),
    optimizer: sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
    steps: 500,
    seed: 7,
    shuffleSeed: 3,
    earlyStopping: { metric: "val/digit/accuracy", patience: 2 },
  });
};

const residualCnn = (): Experiment => {
  const image = graph.input("image", [28, 28, 1]);
  const features = image
    .conv2d(16, { kernel: 3 })
    .batchNorm()
    .relu()
    .residual(graph.conv2d(16, { kernel: 3 }).batchNorm().relu())
    .maxPool(2)
    .flatten()
    .dense(64)
    .relu();
  const net = model({
    name: "residualCnn",
    inputs: { image },
    heads: {
      digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top3"], labelSmoothing: 0.1 }),
    },
  });
  return experiment(net, {
    data: data.mnist({ validation: 0.1 }),
    optimizer: adam({ learningRate: cosine({ peak: 2e-3 }) }),
    clipNorm: 1,
    epochs: 2,
    batchSize: 64,
  });
};

const twoHeads = (): Experiment => {
  const features = graph.input("features", [6]);
  const district = graph.input("district", [], { dtype: "int" });
  const trunk = features
    .dense(32)
    .relu()
    .add(district.embedding({ vocab: 50, features: 32 }))
    .pipe(graph.block("trunk", graph.dense(64).relu().dropout(0.1), { shared: true }));
  const houses = model({
    name: "houses",
    inputs: { features, district },
    heads: {
      price: head.regression(trunk, { metrics: ["rmse", "r2"], weight: 1 }),
      kind: head.classification(trunk.dense(16).relu(), { classes: 3, metrics: ["accuracy"], weight: 0.5 }),
    },
  });
  return experiment(houses, {
    data: data.csv("houses.csv", {
      features: { features: ["area", "rooms", "floor", "year", "garden", "distance"], district: "district" },
      targets: { price: "price", kind: "kind" },
      validation: 0.2,
    }),
    optimizer: adamw({ weightDecay: 0.01 }),
    epochs: 10,
  });
};

const blocks = (): Experiment => {
  const left = graph.input("left", [16]);
  const right = graph.input("right", [16]);
  const encoder = graph.block("encoder", graph.dense(8).relu(), { shared: true });
  const mixer = graph.block("mixer", graph.residual(graph.dense(8).relu()));
  const features = left.pipe(encoder).add(right.pipe(encoder)).pipe(mixer).pipe(mixer);
  const pairs = model({
    name: "pairs",
    inputs: { left, right },
    heads: { same: head.classification(features, { classes: 2, metrics: ["accuracy"] }) },
  });
  const row = (index: number) => Array.from({ length: 16 }, (_, axis) => ((index * 16 + axis) % 7) / 7);
  const rows = Array.from({ length: 64 }, (_, index) => index);
  return experiment(pairs, {
    data: data.arrays(
      { left: rows.map(row), right: rows.map((index) => row(index * 3)), same: rows.map((index) => index % 2) },
      { validation: 0.25 },
    ),
    epochs: 5,
    batchSize: 16,
  });
};

/** The same value with its keys sorted. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

test.each(Object.entries({ digits, mlp, "residual-cnn": residualCnn, "two-heads": twoHeads, blocks }))(
  "the document of %s",
  async (name, create) => {
    const made = create();
    const file = new URL(`./${name}.json`, import.meta.url);
    if (process.env.FLAXEN_UPDATE_GOLDENS) await writeFile(file, `${JSON.stringify(made, undefined, 2)}\n`);
    const stored: unknown = JSON.parse(await readFile(file, "utf8"));
    expect(made.toJSON()).toEqual(stored);
    expect(fromJSON(stored).hash).toBe(made.hash);
    // Anybody can compute it, on any machine: SHA-256 of the stored JSON, keys sorted, no spaces.
    const digest = createHash("sha256")
      .update(JSON.stringify(sorted(stored)))
      .digest("hex");
    expect(made.hash).toBe(`sha256:${digest}`);
  },
);
