import {
  type AnyTensor,
  data,
  type Experiment,
  experiment,
  type GraphNode,
  graph,
  head,
  model,
  nodeOf,
  sgd,
  type Tensor,
} from "@flaxen/core";
import { operations } from "../../core/test/operations/index.ts";
import type { Operation, Reached, Writer } from "../../core/test/operations/operation.ts";
import { randomFrom } from "../../core/test/random.ts";
import { evaluate, fits } from "../../core/test/random-programs.ts";
import { wrappings } from "../../core/test/wrappings.ts";

export const rows = 16;
/** Sizes after the batch axis, one list for each rank. */
export const shapes: readonly (readonly number[])[] = [[], [6], [4, 6], [4, 6, 4], [4, 4, 6, 4]];

/** Compiling takes the longer for each the more of them are one program. */
const casesOfProgram = 25;

/** One operation on a tensor of its own, what `base…` gives, and a head that reads what it makes of it. */
export interface RankCase {
  /** "3": of the head `out3` and the layer `base3`. */
  readonly name: string;
  readonly operation: string;
  readonly text: string;
  /** The type of the node or nodes that it made. */
  readonly types: readonly string[];
  /** Whether it gives floats: whole numbers may be 0 in every row. */
  readonly real: boolean;
  /** Whether a change of its input changes what it gives, smoothly. */
  readonly flows: boolean;
  /** Whether training adds chance, or takes the batch's own statistics. */
  readonly changes: boolean;
  readonly head: ReturnType<typeof head.regression>;
}

/** What is compiled at once. */
export interface RankProgram {
  readonly rank: number;
  readonly cases: readonly RankCase[];
  readonly experiment: Experiment;
}

const chance = ["dropout", "dropPath", "gaussianDropout", "gaussianNoise", "spatialDropout", "batchNorm"];

const structures: Readonly<Record<string, Operation>> = Object.fromEntries(
  Object.entries(wrappings).flatMap(([name, wrap]) =>
    [".relu()", ".dropout(0.5)"].map((chain) => [
      `${name} of ${chain}`,
      { write: () => wrap(chain), fits: ({ dtype }: Reached) => (dtype === "float" ? 1 : 0) },
    ]),
  ),
);

/** Types of all nodes between a tensor and what it was made of, those in blocks too. */
const typesBetween = (from: ReadonlySet<GraphNode>, to: GraphNode): readonly string[] => {
  const seen = new Set<GraphNode>();
  const types: string[] = [];
  const visit = (node: GraphNode) => {
    if (from.has(node) || seen.has(node)) return;
    seen.add(node);
    types.push(node.type);
    if (node.block) visit(node.block.output);
    node.inputs.forEach(visit);
  };
  visit(to);
  return types;
};

/** Made for numbers above 0; all others see both signs. */
const positive = ["log", "sqrt", "power"];

/** A constant beside a tensor, or a number that hides it for good. */
const hides = /\.(maximum|minimum)\(-?[\d.]+\)/;

/** Everything that can be done to a tensor of this rank, each once, in programs of a few. */
export const programsOf = (rank: number): readonly RankProgram[] => {
  const random = randomFrom(rank);
  const shape = shapes[rank]!;
  const values: Record<string, AnyTensor> = {};
  const input = (sizes: Reached["shape"], dtype: "float" | "int"): string => {
    const numbers = sizes.map((size) => (typeof size === "number" ? size : 3));
    const name = [dtype === "int" ? "whole" : "real", ...numbers].join("");
    values[name] ??= graph.input(name, numbers, { dtype: dtype as "float" });
    return name;
  };
  const size = (high: number) => `${random.between(Math.min(high, 2), Math.min(high, 4))}`;
  const writer: Writer = {
    ...random,
    anyDim: () => random.pick([2, 3, 4, 6]),
    size,
    sizes: size,
    sizesOn: size,
    options: (...parts) => {
      const given = parts.filter((part) => part !== false);
      return given.length ? `, { ${given.join(", ")} }` : "";
    },
    input,
    near: (tensor) => input(tensor.shape.slice(1), tensor.dtype),
  };

  const cases: RankCase[] = [];
  const numbers = (values[input(shape, "float")] as any).subtract(0.5).multiply(4);
  const baseOf = (operation: string, features: number | undefined, name: string): AnyTensor => {
    const dense = { name: `base${name}` };
    const signed = rank === 0 ? numbers.expandDims(-1).dense(1, dense).squeeze(-1) : numbers.dense(features, dense);
    return positive.includes(operation) ? signed.softplus() : signed;
  };
  const add = (operation: string, { write, fits: admits }: Operation, dtype: "float" | "int"): boolean => {
    // Only an axis of one can be taken away.
    const sizes = operation === "squeeze" ? [...shape.slice(0, -1), ...shape.slice(-1).map(() => 1)] : shape;
    const reached: Reached = { shape: ["batch", ...sizes], dtype };
    const name = `${cases.length}`;
    const base = dtype === "int" ? values[input(sizes, "int")]! : baseOf(operation, sizes.at(-1), name);
    for (let tries = 0; tries < 60 && admits(reached) > 0; tries++) {
      const text = write(reached, writer).replace(/\(0\.1\)/, "(0.5)");
      const made = evaluate(`x${text}`, { ...values, x: base });
      if (!fits(made) || hides.test(text)) continue;
      const types = typesBetween(new Set([base, ...Object.values(values)].map(nodeOf)), nodeOf(made));
      const floats = (made.dtype === "int" ? (made as any).cast("float") : made) as Tensor;
      const flat = (made.shape.length === 1 ? (floats as any).expandDims(-1) : floats.flatten()) as Tensor;
      const real = made.dtype === "float";
      const flows = dtype === "float" && real && !types.includes("stopGradient");
      const changes = types.some((type) => chance.includes(type));
      const reads = head.regression(flat, { outputs: 1 });
      cases.push({ name, operation, text, types, real, flows, changes, head: reads });
      return true;
    }
    return false;
  };
  for (const [name, operation] of Object.entries({ ...operations, ...structures }))
    if (!add(name, operation, "float")) add(name, operation, "int");

  const count = Math.ceil(cases.length / casesOfProgram);
  return Array.from({ length: count }, (_, part) => {
    // By turns: neighbours, those of one family, cost alike.
    const some = cases.filter((_, place) => place % count === part);
    return { rank, cases: some, experiment: experimentOf(values, some) };
  });
};

const experimentOf = (values: Readonly<Record<string, AnyTensor>>, cases: readonly RankCase[]): Experiment => {
  const heads = Object.fromEntries(cases.map((one) => [`out${one.name}`, one.head]));
  const read = new Set<GraphNode>();
  const visit = (node: GraphNode) => {
    if (read.has(node)) return;
    read.add(node);
    node.inputs.forEach(visit);
  };
  for (const one of cases) visit(one.head.features);
  const inputs = Object.fromEntries(Object.entries(values).filter(([, value]) => read.has(nodeOf(value))));
  const columns = {
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, dtype }]) => [name, columnOf(shape.slice(1) as number[], dtype)]),
    ),
    ...Object.fromEntries(Object.keys(heads).map((name) => [name, columnOf([1], "float")])),
  };
  const net = model({ name: "net", inputs: inputs as any, heads: heads as any });
  const optimizer = sgd({ learningRate: 0.01 });
  const options = { data: data.arrays(columns as any), optimizer, steps: 2, batchSize: rows };
  return experiment(net as any, options as any);
};

const columnOf = (sizes: readonly number[], dtype: string) => {
  const count = sizes.reduce((product, axis) => product * axis, rows);
  const numbers = Array.from({ length: count }, (_, i) => (((i * 7919 + 13) % 101) + 11) / 112);
  return {
    data: dtype === "int" ? Int32Array.from(numbers, (x) => Math.round(x)) : Float32Array.from(numbers),
    shape: [rows, ...sizes],
  };
};
