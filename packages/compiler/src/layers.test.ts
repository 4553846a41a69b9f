import { rmSync } from "node:fs";
import { join } from "node:path";
import { data, experiment, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { weightNames } from "./weight-names.ts";

const rows = 3;
const image = graph.input("image", [9, 7, 4]);
const ids = graph.input("ids", [5], { dtype: "int" });
const others = graph.input("others", [5], { dtype: "int" });
const row = graph.input("row", [6]);
const table = graph.input("table", [2, 3]);
const twice = graph.block("twice", graph.dense(4).relu().dense(6), { shared: true });
const own = graph.block("own", graph.dense(6).batchNorm());

/** Every node, and every option that changes a shape; each head reads one of them. */
const layers = {
  strided: image.conv2d(8, { kernel: [3, 2], stride: [2, 3], padding: "VALID", groups: 4, useBias: false }).flatten(),
  same: image.conv2d(5, { kernel: [4, 3], stride: [3, 2] }).flatten(),
  dilated: image
    .conv2d(6, { kernel: 3, dilation: [2, 1], padding: "VALID" })
    .batchNorm({ momentum: 0.5 })
    .flatten(),
  pooled: image.maxPool([2, 3]).flatten(),
  overlapping: image
    .maxPool(3, { stride: [2, 1], padding: "SAME" })
    .dropout(0.5)
    .flatten(),
  stretched: image
    .conv2d(1, { kernel: 1 })
    .add(image.maxPool([9, 7]))
    .flatten(),
  embedded: ids.embedding({ vocab: 11, features: 3 }).flatten(),
  both: ids.add(others).embedding({ vocab: 21, features: 2 }).relu().flatten(),
  deep: table.dense(7, { useBias: false }).residual(graph.relu().dense(7)).flatten(),
  normal: row.batchNorm({ epsilon: 0.1 }),
  shared: row.pipe(twice).add(row.relu().pipe(twice)),
  apart: row.pipe(own).pipe(own),
  averaged: image.avgPool([2, 3]).layerNorm({ name: "evened" }).flatten(),
  averagedSame: image
    .avgPool(3, { stride: [2, 1], padding: "SAME" })
    .groupNorm(2, { useBias: false })
    .flatten(),
  means: image.conv2d(6, { kernel: 3 }).globalAvgPool().rmsNorm(),
  largest: table.globalMaxPool().layerNorm({ useScale: false, useBias: false }).softmax(),
  gated: row.glu().threshold(0.1).mish().squaredRelu().gelu().leakyRelu().elu().celu().relu6(),
  bent: row.exponential().logSigmoid().hardSigmoid().hardSwish().hardTanh().silu().sigmoid(),
  curved: row.tanh().selu().softplus().softsign().logSoftmax(),
  sloped: row.swiglu().prelu({ perChannel: true }).prelu(),
  gatedByGelu: row.geglu(),
  recalled: ids.embedding({ vocab: 11, features: 4 }).lstm(3, { direction: "bidirectional", mask: ids }),
  recurred: table.gru(3, { returnSequences: true }).simpleRnn(2, { direction: "reverse" }),
  looked: table
    .learnedPositions({ length: 4 })
    .attention({ heads: 3, headFeatures: 2, rope: true, dropout: 0.1 })
    .flatten(),
  crossed: ids
    .embedding({ vocab: 11, features: 4 })
    .sinusoidalPositions()
    .crossAttention(table, { heads: 2, keyValueHeads: 1 })
    .flatten(),
};

test("every node gives in Python the shape that its type says, and owns the arrays that the model counts", () => {
  const heads = Object.fromEntries(Object.entries(layers).map(([name, features]) => [name, head.regression(features)]));
  const net = model({ name: "layers", inputs: { image, ids, others, row, table }, heads });
  const numbers = (...shape: number[]) => {
    const size = shape.reduce((product, axis) => product * axis, rows);
    return { data: Float32Array.from({ length: size }, (_, i) => Math.sin(i)), shape: [rows, ...shape] };
  };
  const words = Int32Array.from({ length: rows * 5 }, (_, i) => i % 11);
  const targets = Object.fromEntries(Object.keys(layers).map((name) => [name, numbers(1)]));
  const inputs = { image: numbers(9, 7, 4), ids: words, others: words, row: numbers(6), table: numbers(2, 3) };
  const whole = experiment(net, { data: data.arrays({ ...inputs, ...targets }), steps: 1, batchSize: rows });
  const folder = writeProject(whole);
  const script = join(import.meta.dirname, "..", "test", "run_learning.py");
  const found = JSON.parse(output(python, ["-B", script, folder]))[folder];
  rmSync(folder, { recursive: true, force: true });

  // The kernel of a head is as long as its features are wide: Python would refuse any other.
  expect(found.losses).toEqual([expect.any(Number)]);
  const names = weightNames(whole.document);
  const expected = Object.entries(net.weights).map(([name, { shape }]) => [names.get(name), shape] as const);
  expect(found.shapes).toEqual(Object.fromEntries(expected));
  expect(found.shapes).toMatchObject({ "strided/kernel": [4 * 2 * 8, 1], "stretched/kernel": [9 * 7 * 4, 1] });
});
