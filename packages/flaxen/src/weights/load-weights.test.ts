import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type AnyModel, data, eject, experiment, graph, head, loadWeights, model, sgd, train } from "../index.ts";
import { digitsExperiment, digitsModel } from "../testing/models.ts";
import { projectPython } from "../testing/project.ts";
import { testRunner } from "../testing/runner.ts";
import { readTensors } from "../trained/safetensors.ts";
import { readArrays, safetensors } from "./safetensors.ts";

const recorded = join(import.meta.dirname, "..", "..", "test", "weights");
const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-weights-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The model that `record.py` makes of each library's layers. */
const recordedModel = (epsilon: number, layers: 1 | 2) => {
  const image = graph.input("image", [6, 6, 4]);
  const sequence = graph.input("sequence", [5, 6]);
  const words = graph.input("words", [5], { dtype: "int" });
  const picture = image
    .conv2d(6, { kernel: 3, groups: 2, name: "conv" })
    .batchNorm({ epsilon, name: "bn" })
    .relu()
    .groupNorm(3, { epsilon, name: "group" })
    .convTranspose2d(5, { kernel: [3, 2], stride: 2, padding: "VALID", name: "up" })
    .globalAvgPool();
  const x = sequence
    .add(words.embedding({ vocab: 9, features: 6, name: "embed" }))
    .layerNorm({ epsilon, name: "norm" });
  const both = { direction: "bidirectional" } as const;
  const remembered =
    layers === 2
      ? x.lstm(4, { ...both, returnSequences: true, name: "lower" }).lstm(4, { ...both, name: "upper" })
      : x.lstm(4, { ...both, name: "lower" });
  const two = { outputs: 2 };
  return model({
    inputs: { image, sequence, words },
    heads: {
      picture: head.regression(picture, two),
      attended: head.regression(x.attention({ heads: 2, name: "attn" }).mean(1), two),
      plain: head.regression(x.simpleRnn(4, { name: "rnn" }), two),
      gated: head.regression(x.gru(4, { name: "gru" }), two),
      remembered: head.regression(remembered, two),
    },
  });
};

const libraries = {
  pytorch: {
    model: () => recordedModel(1e-5, 2),
    names: {
      ...Object.fromEntries(["conv", "bn", "group", "up"].map((name) => [name, `pictures.${name}`])),
      ...Object.fromEntries(["embed", "norm", "attn", "rnn", "gru"].map((name) => [name, `sequences.${name}`])),
      ...Object.fromEntries(
        ["attended", "plain", "gated", "remembered"].map((name) => [name, `sequences.heads.${name}`]),
      ),
      picture: "pictures.fc",
      lower: "sequences.lstm#0",
      upper: "sequences.lstm#1",
    },
  },
  keras: {
    model: () => recordedModel(1e-3, 1),
    names: {
      picture: "fc",
      rnn: "rnn/simple_rnn_cell",
      gru: "gru/gru_cell",
      "lower/forward": "both/forward_lstm/lstm_cell",
      "lower/backward": "both/backward_lstm/lstm_cell",
    },
  },
} as const;

/** What the model gives for the recorded inputs, started from weights. */
const predicted = async (net: AnyModel, weights: Awaited<ReturnType<typeof loadWeights>>) => {
  const heads = ["picture", "attended", "plain", "gated", "remembered"];
  const rows = 2;
  const columns = {
    image: { data: new Float32Array(rows * 144), shape: [rows, 6, 6, 4] },
    sequence: { data: new Float32Array(rows * 30), shape: [rows, 5, 6] },
    words: { data: new Int32Array(rows * 5), shape: [rows, 5] },
    ...Object.fromEntries(heads.map((name) => [name, { data: new Float32Array(rows * 2), shape: [rows, 2] }])),
  };
  const folder = newFolder();
  const started = experiment(net, { data: data.arrays(columns as never), steps: 1, batchSize: 2, weights } as never);
  await eject(started, folder);
  const done = spawnSync(
    await projectPython(),
    ["-B", join(recorded, "predict.py"), folder, join(recorded, "references.safetensors")],
    { encoding: "utf8" },
  );
  expect(done.status, done.stderr).toBe(0);
  return JSON.parse(done.stdout) as Readonly<Record<string, readonly (readonly number[])[]>>;
};

test.each(["pytorch", "keras"] as const)("a model with the weights of %s gives what that gave", async (library) => {
  const { model: make, names } = libraries[library];
  const net = make();
  const weights = await loadWeights(net, join(recorded, `${library}.safetensors`), { layout: library, names });
  expect(weights.loaded).toEqual(Object.keys(net.weights));
  expect(weights.missing).toEqual([]);
  const outputs = await predicted(net, weights);
  const heads = Object.keys(outputs);
  const references = await readArrays(
    join(recorded, "references.safetensors"),
    new Set(heads.map((name) => `${library}/${name}`)),
  );
  expect(heads).toHaveLength(5);
  for (const name of heads)
    for (const [i, value] of outputs[name]!.flat().entries())
      expect(Math.abs(value - references.get(`${library}/${name}`)!.data[i]!), name).toBeLessThan(1e-4);
});

const arraysOf = async (path: string) => readArrays(path, new Set((await readTensors(path)).map(({ name }) => name)));

test.each(["pytorch", "keras", "references"])("%s.safetensors was written by record.py as it is", (name) => {
  const script = readFileSync(join(recorded, "record.py"));
  expect(readFileSync(join(recorded, `${name}.safetensors`)).toString("latin1")).toContain(
    createHash("sha256").update(script).digest("hex"),
  );
});

const small = (name = "hidden") => {
  const x = graph.input("x", [3]);
  return model({ inputs: { x }, heads: { price: head.regression(x.dense(4, { name }).relu()) } });
};
const file = (arrays: Readonly<Record<string, readonly number[]>>): string => {
  const path = join(newFolder(), "some.safetensors");
  const filled = Object.entries(arrays).map(([name, shape]) => {
    const size = shape.reduce((all, dim) => all * dim, 1);
    return [name, { shape, data: Float32Array.from({ length: size }, (_, i) => i) }] as const;
  });
  writeFileSync(path, safetensors(new Map(filled)));
  return path;
};
const whole = { "hidden/kernel": [3, 4], "hidden/bias": [4], "price/kernel": [4, 1], "price/bias": [1] };

test("what does not fit is named, on both sides", async () => {
  const { "price/bias": _, ...without } = whole;
  const path = file({ ...without, "old/kernel": [2, 2] });
  const error = await loadWeights(small(), path).catch((error) => error);
  expect(error).toMatchObject({ code: "weights-mismatch", missing: ["price/bias"], extra: ["old/kernel"] });
  expect(error.message).toContain('It has nothing for "price/bias" (looked for "price/bias").');
  expect(error.message).toContain('The model has nothing for its "old/kernel".');
  expect(await loadWeights(small(), path, { partial: true })).toMatchObject({
    loaded: ["hidden/kernel", "hidden/bias", "price/kernel"],
    missing: ["price/bias"],
  });
});

test("a shape that differs is an error, also of a part", async () => {
  await expect(loadWeights(small(), file({ ...whole, "hidden/kernel": [4, 3] }), { partial: true })).rejects.toThrow(
    '"hidden/kernel" should be [3, 4], but the file has "hidden/kernel" [4, 3].',
  );
  await expect(loadWeights(small(), file({ a: [2] }), { partial: true })).rejects.toThrow("Not one array fits");
});

test("names lead from one model to another", async () => {
  const loaded = await loadWeights(small("trunk"), file(whole), { names: { trunk: "hidden" } });
  expect(loaded.missing).toEqual([]);
  await expect(loadWeights(small(), file(whole), { names: { hiden: "a" } })).rejects.toThrow('Did you mean "hidden"?');
  await expect(loadWeights(small(), file(whole), { layout: "torch" as never })).rejects.toThrow('no layout "torch"');
});

test("weights belong to the model that they were read for", async () => {
  const weights = await loadWeights(small(), file(whole));
  const columns = { x: [[1, 2, 3]], price: [1] };
  expect(() => experiment(small("other"), { data: data.arrays(columns), steps: 1, weights })).toThrow("another model");
  const again = await loadWeights(small(), file(whole));
  expect(again.sha256).toBe(weights.sha256);
  expect(
    experiment(small(), { data: data.arrays(columns), steps: 1, batchSize: 1, weights }).assets.get(weights.sha256),
  ).toBe(weights.bytes);
});

test("a run starts from what another one learnt", async () => {
  const digits = digitsExperiment(1);
  const runner = testRunner(newFolder());
  const trained = await (await train(digits, { runner })).result();
  const options = { data: data.digits(), epochs: 1, batchSize: 64, runner } as const;
  // Dropout apart, a learning rate of 0 leaves everything as it was.
  const still = { ...options, optimizer: sgd({ learningRate: 0 }) };
  const again = await (await train(digitsModel(), { ...still, weights: trained.weights })).result();
  expect(await arraysOf(again.weights.path)).toEqual(await arraysOf(trained.weights.path));
  const row = Float32Array.from({ length: 64 }, (_, i) => i % 17);
  expect((await again.predict({ image: row })).digit.labels).toEqual(
    (await trained.predict({ image: row })).digit.labels,
  );

  const part = await loadWeights(digitsModel(), file({ "hidden/bias": [32] }), { partial: true });
  const partly = await (await train(digitsModel(), { ...still, weights: part, seed: 1 })).result();
  const [kept, untouched] = await Promise.all([arraysOf(partly.weights.path), arraysOf(trained.weights.path)]);
  expect([...kept.get("hidden/bias")!.data]).toEqual(Array.from({ length: 32 }, (_, i) => i));
  expect(kept.get("hidden/kernel")).not.toEqual(untouched.get("hidden/kernel"));
  await Promise.all([again.close(), trained.close()]);
}, 240_000);
