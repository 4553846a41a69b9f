import { rmSync } from "node:fs";
import { join } from "node:path";
import { type AnyTensor, type Columns, data, experiment, graph, head, model, type Summary } from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";

interface Cost {
  readonly flops: number;
  readonly transcendentals: number;
  readonly bytes: number;
  readonly arguments: number;
  readonly inputs: number;
  readonly outputs: number;
}

const rows = 4;
const row = graph.input("row", [64]);
const image = graph.input("image", [16, 16, 3]);
const words = graph.input("words", [12, 32]);
const logits = { outputs: 8 } as const;

/** A model for each kind of layer, and one that mixes them. */
const features = {
  dense: [row, row.dense(128).relu().dense(64)],
  conv2d: [image, image.conv2d(16, { kernel: 3 }).conv2d(24, { kernel: 3, stride: 2, padding: "VALID" }).flatten()],
  grouped: [image, image.conv2d(24, { kernel: 3, dilation: 2 }).conv2d(24, { kernel: 5, groups: 4 }).flatten()],
  conv1d: [words, words.conv1d(24, { kernel: 5, padding: "CAUSAL" }).flatten()],
  attention: [words, words.attention({ heads: 4 }).flatten()],
  shared: [words, words.attention({ heads: 4, keyValueHeads: 2, causal: true, useBias: false }).flatten()],
  lstm: [words, words.lstm(48)],
  gru: [words, words.gru(48, { direction: "bidirectional" })],
  simpleRnn: [words, words.simpleRnn(48, { returnSequences: true }).flatten()],
  blocks: [row, row.repeat(3, graph.residual(graph.dense(64).relu())).pipe(graph.block("last", graph.dense(32)))],
} satisfies Record<string, readonly [AnyTensor, AnyTensor]>;
const names = Object.keys(features) as (keyof typeof features)[];

const summaries = new Map<string, Summary>();
let costs: readonly Cost[] = [];

beforeAll(() => {
  const folders = names.map((name) => {
    const [input, reached] = features[name];
    const inputName = input === row ? "row" : input === image ? "image" : "words";
    const net = model({
      name,
      inputs: { [inputName]: input },
      heads: { value: head.regression(reached as typeof row, logits) },
    });
    summaries.set(name, net.summary());
    const sizes = (input.shape as readonly (number | string)[]).slice(1).map(Number);
    const count = rows * sizes.reduce((product, size) => product * size, 1);
    const columns = {
      [inputName]: { data: new Float32Array(count), shape: [rows, ...sizes] },
      value: { data: new Float32Array(rows * 8), shape: [rows, 8] },
    };
    return writeProject(experiment(net, { data: data.arrays(columns as Columns), steps: 1, batchSize: rows }));
  });
  costs = JSON.parse(output(python, ["-B", join(import.meta.dirname, "..", "test", "check_costs.py"), ...folders]));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const within = (value: number, of: number, share: number): void => {
  expect(Math.abs(value / of - 1), `${value} against ${of}`).toBeLessThan(share);
};

test.each(names)("%s: FLOPs are XLA's within 5 %", (name) => {
  const { flops, transcendentals } = costs[names.indexOf(name)]!;
  within(rows * summaries.get(name)!.flops!, flops + transcendentals, 0.05);
});

test.each(names)("%s: memory of weights and outputs is XLA's within 5 %", (name) => {
  const { arguments: given, inputs, outputs } = costs[names.indexOf(name)]!;
  const { weightBytes, rows: nodes } = summaries.get(name)!;
  within(weightBytes, given - inputs, 0.05);
  within(rows * nodes.at(-1)!.activationBytes!, outputs, 0.05);
});
