import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { data, type Experiment, experiment, graph, head, model } from "@flaxen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python, ruff } from "../test/python.ts";

const rows = 12;
const ids = graph.input("ids", [6], { dtype: "int" });
const image = graph.input("image", [4, 4, 1]);
const row = graph.input("row", [5]);
const whole = (size: number, below: number, from = 0) =>
  Int32Array.from({ length: rows * size }, (_, i) => from + ((i * 7) % (below - from)));
const floats = (size: number) => Float32Array.from({ length: rows * size }, (_, i) => Math.sin(i));
const words = { data: whole(6, 9), shape: [rows, 6] };
const pixels = { data: Uint8Array.from({ length: rows * 16 }, (_, i) => (i * 37) % 256), shape: [rows, 4, 4, 1] };
const run = { steps: 2, batchSize: 8 };

/** A model of each kind of head, as a practitioner would write it. */
const experiments: Readonly<Record<string, () => Experiment>> = {
  tagger: () => {
    const hidden = ids.embedding({ vocab: 9, features: 8 }).dense(8).relu();
    const net = model({
      name: "tagger",
      inputs: { ids },
      heads: {
        tag: head.classification(hidden, {
          classes: 3,
          classWeights: "balanced",
          metrics: ["accuracy", "macroF1", "sequenceAccuracy", "recall:2"],
        }),
      },
    });
    const tag = { data: whole(6, 3, -1), shape: [rows, 6] };
    return experiment(net, { ...run, data: data.arrays({ ids: words, tag }, { validation: 0.25 }) });
  },
  segmenter: () => {
    const hidden = image.conv2d(4, { kernel: 3 }).relu();
    const net = model({
      name: "segmenter",
      inputs: { image },
      heads: { inside: head.binary(hidden, { loss: "focal", metrics: ["iou", "rocAuc"] }) },
    });
    const inside = { data: whole(16, 2, -1), shape: [rows, 4, 4] };
    return experiment(net, { ...run, accumulate: 2, data: data.arrays({ image: pixels, inside }) });
  },
  topics: () => {
    const net = model({
      name: "topics",
      inputs: { row },
      heads: { topics: head.multiLabel(row.dense(8).relu(), { classes: 4, metrics: ["microF1", "exactMatch"] }) },
    });
    const topics = { data: whole(4, 2), shape: [rows, 4] };
    return experiment(net, { ...run, data: data.arrays({ row: { data: floats(5), shape: [rows, 5] }, topics }) });
  },
  yes: () => {
    const net = model({
      name: "yes",
      inputs: { row },
      heads: { same: head.binary(row.dense(8).relu(), { posWeight: 2, metrics: ["f1", "prAuc", "brier"] }) },
    });
    const same = whole(1, 2);
    return experiment(net, { ...run, data: data.arrays({ row: { data: floats(5), shape: [rows, 5] }, same }) });
  },
  autoencoder: () => {
    const code = image.flatten().dense(4).relu();
    const flat = graph.input("flat", [16]);
    const net = model({
      name: "autoencoder",
      inputs: { image, flat },
      heads: {
        imageAgain: head.reconstruction(image.conv2d(3, { kernel: 3 }).relu(), {
          of: image,
          loss: "bce",
          metrics: ["mae"],
        }),
        flatAgain: head.reconstruction(flat.dense(4).relu().add(code), { of: "flat", metrics: ["rmse"] }),
      },
    });
    const flats = { data: floats(16), shape: [rows, 16] };
    return experiment(net, { ...run, data: data.arrays({ image: pixels, flat: flats }) });
  },
  digits: () => {
    const pixels = graph.input("pixels", [64]);
    const net = model({
      name: "digits",
      inputs: { pixels },
      heads: { again: head.reconstruction(pixels.dense(4).relu(), { of: pixels, loss: "huber" }) },
    });
    return experiment(net, { ...run, data: data.digits() });
  },
  languageModel: () => {
    const hidden = ids.embedding({ vocab: 9, features: 8 }).dense(8).relu();
    const net = model({
      name: "languageModel",
      inputs: { ids },
      heads: { next: head.nextToken(hidden, { of: ids, vocab: 9, metrics: ["perplexity", "accuracy"] }) },
    });
    return experiment(net, { ...run, data: data.arrays({ ids: words }, { validation: 0.25 }) });
  },
  multiTask: () => {
    const hidden = ids.embedding({ vocab: 9, features: 8 });
    const net = model({
      name: "multiTask",
      inputs: { ids },
      heads: {
        tag: head.classification(hidden, { classes: 3, weight: 0.5, metrics: ["accuracy"] }),
        size: head.regression(hidden.flatten(), { loss: "poisson", metrics: ["r2", "mae"] }),
      },
    });
    const size = { data: Float32Array.from({ length: rows }, (_, i) => i % 4), shape: [rows, 1] };
    const tag = { data: whole(6, 3, -1), shape: [rows, 6] };
    return experiment(net, { ...run, accumulate: 4, data: data.arrays({ ids: words, tag, size }) });
  },
};

const names = Object.keys(experiments);
const folders = new Map<string, string>();
let outcomes: Readonly<Record<string, { readonly losses: readonly number[] }>> = {};

beforeAll(() => {
  for (const name of names) folders.set(name, writeProject(experiments[name]!()));
  const script = join(import.meta.dirname, "..", "test", "run_learning.py");
  outcomes = JSON.parse(output(python, ["-B", script, ...folders.values()]));
});
afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s trains two steps", (name) => {
  const { losses } = outcomes[folders.get(name)!]!;
  expect(losses).toHaveLength(2);
  for (const loss of losses) expect(Number.isFinite(loss)).toBe(true);
});

test.each(names)("%s is as ruff would have it", (name) => {
  const cwd = folders.get(name)!;
  expect(ruff(["format", "--diff", "model.py", "train.py"], { cwd })).toBe("");
  const rules = "--select=A,B,C4,E,F,I,N,PERF,PIE,PTH,RET,SIM,UP,W";
  expect(ruff(["check", rules, "model.py", "train.py"], { cwd })).toContain("All checks passed!");
});

test("what loss_fn compares reads as it is meant", () => {
  const lines = (name: string) =>
    readFileSync(join(folders.get(name)!, "train.py"), "utf8")
      .split("\n")
      .map((one) => one.trim());
  expect(lines("tagger")).toEqual(
    expect.arrayContaining([
      'counted = weight[:, None] * (batch["tag"] >= 0)  # [batch, 6]',
      'mean_loss = sums["loss"] / jnp.maximum(sums["positions"], 1e-9)',
    ]),
  );
  expect(lines("languageModel")).toEqual(
    expect.arrayContaining([
      'next_ = model(**inputs(batch))["next"][:, :-1]  # [batch, 5, 9]',
      'labels = batch["ids"][:, 1:]  # [batch, 5]',
      "counted = weight[:, None] * (labels > 0)  # [batch, 5]",
    ]),
  );
  expect(lines("autoencoder")).toEqual(
    expect.arrayContaining([
      "given = inputs(batch)",
      "outputs = model(**given)",
      'image_again_original = given["image"]  # [batch, 4, 4, 1]',
    ]),
  );
  expect(lines("autoencoder").filter((one) => one.includes("inputs(batch)"))).toHaveLength(3); // defined, read here and by predict
  expect(lines("segmenter").join("\n")).toContain('grad / jnp.maximum(sums["positions"], 1e-9)');
  const positions = 'sums["tag/weighted_loss"] / jnp.maximum(sums["tag/positions"], 1e-9)';
  const countsRows = names.filter((name) => lines(name).join("\n").includes('"rows": weight.sum()'));
  const allCountPositions = ["tagger", "segmenter", "languageModel"];
  expect(countsRows).toEqual(names.filter((name) => !allCountPositions.includes(name)));
  for (const name of allCountPositions) expect(lines(name).join("\n")).not.toContain(`"rows"`);
  expect(lines("multiTask")).toContain(`total_loss = sums["loss"] + ${positions} * sums["rows"]`);
});
