import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AnyModel,
  type Columns,
  data,
  type ExperimentOptions,
  experiment,
  head,
  model,
  nodes,
} from "@flaxen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inputs, layerCases } from "../test/parity/layers.ts";
import { runs } from "../test/parity/models.ts";
import { pytorchWeights } from "../test/parity/weights.ts";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { snakeCase } from "./python/names.ts";

const recorded = join(import.meta.dirname, "..", "test", "parity");
const steps = 50;
const rows = 32;
/** 1e-4 is what users are promised; the tanh form of one gelu makes 3e-5. */
const apart = 2e-5;
const folders: string[] = [];

interface Found {
  readonly recorders: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, { readonly ours: readonly number[]; readonly theirs: readonly number[] }>>;
  readonly layers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
let found: Found;
const types = new Set<string>();

/** A project of a model that starts from what PyTorch recorded under a name. */
const projectOf = async (
  net: AnyModel,
  options: Pick<ExperimentOptions, "optimizer" | "groups" | "clipNorm">,
  start: { readonly columns: Columns; readonly file: string; readonly names: Readonly<Record<string, string>> },
): Promise<string> => {
  const weights = await pytorchWeights(net, join(recorded, `${start.file}.safetensors`), start.names);
  const given = { data: data.arrays(start.columns, { validation: 0.5 }), steps, batchSize: 16, weights };
  const folder = writeProject(experiment(net, { ...given, ...options }));
  folders.push(folder);
  const printed = [net.document, ...Object.values(net.document.blocks)].flatMap(({ nodes }) => nodes);
  for (const { type } of printed) types.add(type);
  return folder;
};

const layersModel = () => {
  const heads = Object.entries(layerCases).map(([name, { features }]) => [
    `${name}Out`,
    head.classification(features, { classes: features.shape.at(-1) as number, logits: true }),
  ]);
  return model({ name: "layers", inputs, heads: Object.fromEntries(heads) });
};

/** A row of zeros for every input and head. */
const zeros = (): Columns => {
  const features = Object.entries(layerCases).map(([name, { features }]) => [
    `${name}Out`,
    features.shape.slice(1, -1),
  ]);
  const whole = [["words", [5]], ["mask", [5]], ...features] as [string, number[]][];
  const size = (shape: readonly number[]) => rows * shape.reduce((product, axis) => product * axis, 1);
  return Object.fromEntries([
    ...Object.entries(inputs).map(([name, { shape }]) => {
      const sizes = shape.slice(1) as number[];
      return [name, { data: new Float32Array(size(sizes)), shape: [rows, ...sizes] }];
    }),
    ...whole.map(([name, shape]) => [name, { data: new Int32Array(size(shape)), shape: [rows, ...shape] }]),
  ]);
};

beforeAll(async () => {
  const projects: Record<string, string> = {};
  for (const [name, make] of Object.entries(runs)) {
    const { model: net, training, ...start } = make();
    projects[name] = await projectOf(net, training, { ...start, file: name });
  }
  const names = Object.assign({}, ...Object.values(layerCases).map(({ names }) => names));
  const owners = Object.entries(layerCases).flatMap(([name, { names }]) =>
    Object.keys(names).map((layer) => [snakeCase(layer.split("/")[0]!), name]),
  );
  const net = layersModel();
  const layers = await projectOf(net, {}, { columns: zeros(), file: "layers", names });
  const gradients = join(layers, "gradients.safetensors");
  writeFileSync(gradients, (await pytorchWeights(net, join(recorded, "layers-gradients.safetensors"), names)).bytes);
  const given = { runs: projects, layers, gradients, owners: Object.fromEntries(owners) };
  found = JSON.parse(output(python, ["-B", join(recorded, "check.py"), JSON.stringify(given)]));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("the recorded files are those of the scripts", () => {
  const hash = createHash("sha256");
  for (const script of ["record.py", "record_layers.py"]) hash.update(readFileSync(join(recorded, script)));
  const expected = hash.digest("hex");
  expect(Object.keys(found.recorders)).toHaveLength(2 * Object.keys(runs).length + 3);
  for (const [file, recorder] of Object.entries(found.recorders)) expect(recorder, file).toBe(expected);
});

test.each(Object.keys(runs))("%s: the losses are PyTorch's, from the same weights and batches", (name) => {
  const { ours, theirs } = found.runs[name]!;
  expect(ours).toHaveLength(steps + 1);
  expect(theirs).toHaveLength(steps + 1);
  expect(theirs[steps]!).toBeLessThan(0.7 * theirs[0]!);
  const differences = ours.map((loss, step) => Math.abs(loss - theirs[step]!));
  expect(Math.max(...differences), `at step ${differences.indexOf(Math.max(...differences))}`).toBeLessThan(apart);
});

test.each(Object.keys(layerCases))("%s: values and gradients are PyTorch's", (name) => {
  for (const [what, error] of Object.entries(found.layers[name]!))
    expect(error, what).toBeLessThan(layerCases[name]!.tolerance);
});

test("every recorded layer is compared, and every node with weights of its own is among them", () => {
  expect(Object.keys(found.layers).sort()).toEqual(Object.keys(layerCases).sort());
  // The other definitions take no argument to say that they have none.
  const owners = Object.values(nodes).filter(({ weights }) => weights.length > 0);
  const within = ["block", "repeat", "layer"];
  const names = owners.map(({ name }) => name).filter((name) => !within.includes(name));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(types, name).toContain(name);
});
