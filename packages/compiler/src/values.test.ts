import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type Block,
  type Columns,
  data,
  nodes as definitions,
  experiment,
  graph,
  head,
  model,
  type Shape,
  type Tensor,
} from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { snakeCase } from "./python/names.ts";

const rows = 2;
const inputs = {
  row: graph.input("row", [6]),
  table: graph.input("table", [3, 8]),
  image: graph.input("image", [4, 5, 4]),
  farTable: graph.input("farTable", [3, 8]),
  farImage: graph.input("farImage", [4, 5, 4]),
};

interface Case {
  readonly input: keyof typeof inputs;
  readonly node: Block;
  /** Of the largest error of a value, for float32 against float64. */
  readonly tolerance: number;
  /** The same for gradients. @defaultValue tolerance */
  readonly gradients?: number;
}

const onRow = (node: Block): Case => ({ input: "row", node, tolerance: 1e-6 });
const onTable = (node: Block): Case => ({ input: "table", node, tolerance: 1e-5 });
const onImage = (node: Block): Case => ({ input: "image", node, tolerance: 1e-5 });
// A mean near 1000 is off by as much as float32 is coarse there; gradients of scale and bias sum that up.
const onFarTable = (node: Block): Case => ({ input: "farTable", node, tolerance: 3e-4, gradients: 2e-3 });
const onFarImage = (node: Block): Case => ({ input: "farImage", node, tolerance: 3e-4, gradients: 2e-3 });

const cases: Readonly<Record<string, Case>> = {
  exponential: onRow(graph.exponential()),
  hardSigmoid: onRow(graph.hardSigmoid()),
  hardSwish: onRow(graph.hardSwish()),
  hardTanh: onRow(graph.hardTanh()),
  logSigmoid: onRow(graph.logSigmoid()),
  mish: onRow(graph.mish()),
  relu: onRow(graph.relu()),
  selu: onRow(graph.selu()),
  sigmoid: onRow(graph.sigmoid()),
  silu: onRow(graph.silu()),
  softplus: onRow(graph.softplus()),
  softsign: onRow(graph.softsign()),
  squaredRelu: onRow(graph.squaredRelu()),
  tanh: onRow(graph.tanh()),
  cappedRelu: onRow(graph.relu6()),
  gelu: onRow(graph.gelu()),
  // The slope of its tanh is 1 minus nearly 1.
  geluByTanh: { ...onRow(graph.gelu({ approximate: true })), gradients: 1e-5 },
  leakyRelu: onRow(graph.leakyRelu()),
  steeperRelu: onRow(graph.leakyRelu({ negativeSlope: 0.3 })),
  elu: onRow(graph.elu()),
  lowElu: onRow(graph.elu({ alpha: 0.4 })),
  celu: onRow(graph.celu({ alpha: 2.5 })),
  threshold: onRow(graph.threshold(0.5)),
  replaced: onRow(graph.threshold(-0.5, { value: -2 })),
  softmax: onTable(graph.softmax()),
  logSoftmax: onTable(graph.logSoftmax()),
  glu: onTable(graph.glu()),
  layerNorm: onTable(graph.layerNorm()),
  plainLayerNorm: onTable(graph.layerNorm({ epsilon: 0.5, useScale: false, useBias: false })),
  rmsNorm: onTable(graph.rmsNorm()),
  plainRmsNorm: onTable(graph.rmsNorm({ epsilon: 0.5, useScale: false })),
  groupNorm: onImage(graph.groupNorm(2)),
  plainGroupNorm: onImage(graph.groupNorm(4, { epsilon: 0.5, useScale: false, useBias: false })),
  groupsOfRows: onTable(graph.groupNorm(1)),
  farLayerNorm: onFarTable(graph.layerNorm()),
  farRmsNorm: onFarTable(graph.rmsNorm()),
  farSoftmax: onFarTable(graph.softmax()),
  farLogSoftmax: onFarTable(graph.logSoftmax()),
  farGroupNorm: onFarImage(graph.groupNorm(2)),
  globalAvgPool: onImage(graph.globalAvgPool()),
  globalMaxPool: onImage(graph.globalMaxPool()),
  meanOfTable: onTable(graph.globalAvgPool()),
  avgPool: onImage(graph.avgPool(2)),
  avgPoolSame: onImage(graph.avgPool([3, 2], { stride: [2, 1], padding: "SAME" })),
  maxPoolSame: onImage(graph.maxPool([3, 2], { stride: [2, 1], padding: "SAME" })),
};

interface Errors {
  readonly value: number;
  readonly gradient: number;
}
interface Found {
  readonly train: Errors;
  readonly predict: Errors;
  readonly nearest: number;
}
let found: Readonly<Record<string, Found>> = {};
let types: readonly string[] = [];
const names = Object.keys(cases);

const product = (sizes: Shape): number => sizes.reduce<number>((size, axis) => size * Number(axis), 1);
const forEach = <T>(make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

/** A model with a head for every case, which reads nothing but its node. */
const projectOf = () => {
  const features = forEach((name) => (inputs[cases[name]!.input] as Tensor).pipe(cases[name]!.node as Block<[]>));
  const widthOf = (name: string) => product(features[name]!.shape.slice(1));
  const heads = forEach((name) => head.regression(features[name]!.flatten(), { outputs: widthOf(name) }));
  // A layer that is not the same in training makes the model take its mode.
  const modes = head.regression(inputs.row.batchNorm());
  const net = model({ name: "values", inputs, heads: { ...heads, modes } });

  const zeros = (...shape: Shape) => ({ data: new Float32Array(rows * product(shape)), shape: [rows, ...shape] });
  const columns: Record<string, unknown> = { ...forEach((name) => zeros(widthOf(name))), modes: zeros(1) };
  for (const [name, { shape }] of Object.entries(inputs)) columns[name] = zeros(...shape.slice(1));
  const whole = experiment(net, { data: data.arrays(columns as Columns), steps: 1, batchSize: rows });

  const { nodes, heads: printed } = whole.document.model;
  const find = (id: string) => nodes.find((node) => node.id === id)!;
  const taskOf = (name: string) => {
    const { input } = printed.find((one) => one.name === name)!;
    const { id, type, params } = find(find(input).inputs[0]!);
    const owns = Object.keys(net.weights).some((weight) => weight.startsWith(`${id}/`));
    return { node: type, params, input: cases[name]!.input, layer: owns ? snakeCase(id) : null };
  };
  return { folder: writeProject(whole), tasks: forEach(taskOf) };
};

beforeAll(() => {
  const { folder, tasks } = projectOf();
  types = Object.values(tasks).map(({ node }) => node);
  const script = join(import.meta.dirname, "..", "test", "check_values.py");
  found = JSON.parse(output(python, ["-B", script, folder, JSON.stringify(tasks)]));
  rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s: values and gradients are NumPy's, in training and in prediction", (name) => {
  const { train, predict } = found[name]!;
  const { tolerance, gradients = tolerance } = cases[name]!;
  for (const { value, gradient } of [train, predict]) {
    expect(value).toBeLessThan(tolerance);
    expect(gradient).toBeLessThan(gradients);
  }
});

test("every node that computes without a kernel or chance is among them", () => {
  const elsewhere = ["add", "batchNorm", "block", "conv2d", "dense", "dropout", "embedding", "flatten", "input"];
  expect(new Set([...types, ...elsewhere])).toEqual(new Set(Object.keys(definitions)));
});

test("no two of them are alike: the comparison is not blind", () => {
  for (const name of names) expect(found[name]!.nearest, name).toBeGreaterThan(1e-4);
});
