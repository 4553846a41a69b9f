import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type AnyTensor,
  type Columns,
  data,
  nodes as definitions,
  experiment,
  head,
  model,
  type Port,
  type Shape,
  type Tensor,
} from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { applied, inputs } from "../test/values/case.ts";
import { cases } from "../test/values/index.ts";
import { snakeCase } from "./python/names.ts";

const rows = 2;

interface Found {
  readonly training: number;
  readonly prediction: number;
  readonly gradient: number;
  readonly nearest: number;
}
let found: Readonly<Record<string, Found>> = {};
let types: readonly string[] = [];
const names = Object.keys(cases);

const product = (sizes: Shape): number => sizes.reduce<number>((size, axis) => size * Number(axis), 1);
const forEach = <T>(make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

/** The argument of the NumPy function: the port's name, numbered from the second operand on where it takes many. */
const operandName = (ports: readonly Port[], place: number): string => {
  const last = ports.length - 1;
  const many = ports[last]!.many === true && place >= last;
  return `${snakeCase(ports[Math.min(place, last)]!.name)}${many ? place - last + 1 : ""}`;
};

/** Floats in one axis, for a head. */
const inOneAxis = (features: AnyTensor): Tensor =>
  (features.dtype === "int" ? features.flatten().cast("float") : features.flatten()) as Tensor;

/** A model with a head for every case, which reads nothing but its node. */
const projectOf = () => {
  const features = forEach((name) => applied(cases[name]!));
  const widthOf = (name: string) => product(features[name]!.shape.slice(1));
  const heads = forEach((name) => head.regression(inOneAxis(features[name]!), { outputs: widthOf(name) }));
  // A layer that is not the same in training makes the model take its mode.
  const modes = head.regression(inputs.row.batchNorm());
  const read = new Set<string>(["row", ...Object.values(cases).flatMap(({ operands }) => operands)]);
  const used = Object.fromEntries(Object.entries(inputs).filter(([name]) => read.has(name)));
  const net = model({ name: "values", inputs: used, heads: { ...heads, modes } });

  const zeros = (...shape: Shape) => ({ data: new Float32Array(rows * product(shape)), shape: [rows, ...shape] });
  const wholeZeros = (...shape: Shape) => ({ data: new Int32Array(rows * product(shape)), shape: [rows, ...shape] });
  const columns: Record<string, unknown> = { ...forEach((name) => zeros(widthOf(name))), modes: zeros(1) };
  for (const [name, { shape, dtype }] of Object.entries(used))
    columns[name] = (dtype === "int" ? wholeZeros : zeros)(...shape.slice(1));
  const whole = experiment(net, { data: data.arrays(columns as Columns), steps: 1, batchSize: rows });

  const { nodes, heads: printed } = whole.document.model;
  const find = (id: string) => nodes.find((node) => node.id === id)!;
  const taskOf = (name: string) => {
    const { input } = printed.find((one) => one.name === name)!;
    const flat = find(input).type === "cast" ? find(input).inputs[0]! : input;
    const { id, type, params } = find(find(flat).inputs[0]!);
    const owns = Object.keys(net.weights).some((weight) => weight.startsWith(`${id}/`));
    const node = definitions[type as keyof typeof definitions];
    const operands = cases[name]!.operands.map((input, place) => [operandName(node.ports, place), input]);
    return { node: type, params, operands, layer: owns ? snakeCase(id) : null };
  };
  return { folder: writeProject(whole), tasks: forEach(taskOf) };
};

beforeAll(() => {
  const { folder, tasks } = projectOf();
  types = Object.values(tasks).map(({ node }) => node);
  const script = join(import.meta.dirname, "..", "test", "values", "check_values.py");
  found = JSON.parse(output(python, ["-B", script, folder, JSON.stringify(tasks)]));
  rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s: values in training and in prediction and gradients are NumPy's", (name) => {
  const { training, prediction, gradient } = found[name]!;
  const { tolerance, gradients = tolerance } = cases[name]!;
  expect(training).toBeLessThan(tolerance);
  expect(prediction).toBeLessThan(tolerance);
  expect(gradient).toBeLessThan(gradients);
});

test("every node that computes without a kernel or chance is among them", () => {
  const chance = ["dropout", "dropPath", "gaussianDropout", "gaussianNoise", "spatialDropout"];
  const elsewhere = [
    ...chance,
    "batchNorm",
    "block",
    "constant",
    "dense",
    "embedding",
    "flatten",
    "input",
    "repeat",
    "layer",
  ];
  expect(new Set([...types, ...elsewhere])).toEqual(new Set(Object.keys(definitions)));
});

test("no two of them are alike: the comparison is not blind", () => {
  for (const name of names) expect(found[name]!.nearest, name).toBeGreaterThan(1e-4);
});
