import { rmSync } from "node:fs";
import { join } from "node:path";
import { type AnyHead, type AnyTensor, type Columns, data, experiment, graph, heads, model } from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { cases, ids } from "../test/losses/cases.ts";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";

interface Found {
  /** Metric -> ours and the reference's, over uneven batches: rows that count alike, weighted rows, and one row alone. */
  readonly alike: Readonly<Record<string, readonly [number, number]>>;
  readonly weighted: Readonly<Record<string, readonly [number, number]>>;
  /** null stands for NaN. */
  readonly single: Readonly<Record<string, readonly [number | null, number | null]>>;
  /** The largest error of a gradient, and that of loss and gradient where inputs are near +-10,000. */
  readonly gradient: number;
  readonly far: { readonly loss: number; readonly gradient: number } | null;
}
let found: Readonly<Record<string, Found>> = {};
let total: readonly (readonly [number, number])[] = [];
const names = Object.keys(cases);
const rows = 23;

const project = () => {
  const inputs: Record<string, AnyTensor> = { ids };
  const parts: Record<string, AnyHead> = {};
  for (const [name, { features, head, through }] of Object.entries(cases)) {
    const input = graph.input(`${name}In`, features as readonly [number, ...number[]]);
    const read = through?.(input, ids) ?? input;
    inputs[`${name}In`] = input;
    parts[name] = head(read, ids);
  }
  return { inputs, parts };
};

const written = () => {
  const { inputs, parts } = project();
  const net = model({ name: "losses", inputs, heads: parts });
  const columns: Record<string, unknown> = {};
  const zeros = (make: (size: number) => unknown, shape: readonly unknown[]) => {
    const sizes = [rows, ...(shape as number[])];
    return { data: make(sizes.reduce((product, size) => product * size, 1)), shape: sizes };
  };
  for (const [name, { shape, dtype }] of Object.entries(inputs))
    columns[name] = zeros((size) => (dtype === "int" ? new Int32Array(size) : new Float32Array(size)), shape.slice(1));
  for (const { name, type, params } of net.document.heads) {
    const definition = heads[type as keyof typeof heads];
    const target = definition.target(params as never, parts[name]!.features);
    if (target === undefined) continue;
    const shape =
      target.role === "label"
        ? (target.shape ?? [])
        : "outputs" in target
          ? (target.shape ?? [target.outputs])
          : [target.classes];
    columns[name] = zeros((size) => (target.role === "label" ? new Int32Array(size) : new Float32Array(size)), shape);
  }
  const whole = experiment(net, { data: data.arrays(columns as Columns), steps: 1, batchSize: 8 });
  const tasks = whole.document.model.heads.map(({ name, type, params }) => {
    const { unit = false, counts = false, shares = false, notFar = false } = cases[name]!;
    return [name, { type, params, unit, counts, shares, far: !notFar }];
  });
  return { folder: writeProject(whole), tasks: Object.fromEntries(tasks) };
};

beforeAll(() => {
  const { folder, tasks } = written();
  const script = join(import.meta.dirname, "..", "test", "losses", "check_losses.py");
  ({ found, total } = JSON.parse(output(python, ["-B", script, folder, JSON.stringify(tasks)])));
  rmSync(folder, { recursive: true, force: true });
});

test.each(names)("%s: loss and metrics are the reference's over uneven batches, masks and weights", (name) => {
  const { alike, weighted } = found[name]!;
  expect(Object.keys(alike)).toContain("loss");
  for (const metrics of [alike, weighted])
    for (const [metric, [ours, theirs]] of Object.entries(metrics))
      expect(Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 0.1), `${metric}: ${ours}, ${theirs}`).toBeLessThan(
        2e-5,
      );
});

test.each(names)(
  "%s: of one row, whose targets have no spread and where classes are absent, metrics are right",
  (name) => {
    for (const [metric, [ours, theirs]] of Object.entries(found[name]!.single)) {
      const message = `${metric}: ${ours}, ${theirs}`;
      expect(ours === null, message).toBe(theirs === null);
      expect(Math.abs(ours! - theirs!) / Math.max(Math.abs(theirs!), 0.1), message).toBeLessThan(2e-5);
    }
  },
);

test("what one row says nothing of is NaN", () => {
  for (const metric of ["r2", "explainedVariance", "pearson"])
    expect(found.price!.single[metric]).toEqual([null, null]);
  expect(found.same!.single.rocAuc).toEqual([null, null]);
  expect(found.same!.single.balancedAccuracy![0]).not.toBeNull();
  const ofOne = Object.entries(found.kind!.single).filter(([metric]) => metric.includes(":"));
  expect(ofOne.some(([, [ours]]) => ours === null)).toBe(true);
});

test.each(names)("%s: gradients are right, and near +-10,000 finite and right too", (name) => {
  const { gradient, far } = found[name]!;
  expect(gradient).toBeLessThan(2e-4);
  if (cases[name]!.notFar) expect(far).toBeNull();
  else expect(Math.max(far!.loss, far!.gradient)).toBeLessThan(1e-3);
});

test("the model's loss is the weighted sum of its heads' means", () => {
  for (const [ours, theirs] of total) expect(Math.abs(ours / theirs - 1)).toBeLessThan(1e-5);
  expect(total).toHaveLength(2);
});

const patternOf = (metric: string): string =>
  metric
    .replace(/^top\d+$/, "top{k}")
    .replace(/:\d+$/, ":{class}")
    .replace(/^f(?!1(:|$))[\d.]+/, "f{beta}");

test("every loss and every metric of every head is among them", () => {
  const used = project().parts;
  for (const [type, { losses, metrics }] of Object.entries(heads)) {
    const mine = Object.values(used).filter((part) => part.type === type);
    expect(new Set(mine.map(({ params }) => params.loss))).toEqual(
      new Set(type === "reconstruction" ? ["mse", "bce"] : losses),
    );
    const reported = mine.flatMap((part) => part.metrics.slice(1));
    // Those of bytes need text: they are measured where text is trained on.
    for (const metric of metrics.filter((one) => one !== "bitsPerByte"))
      expect(
        reported.some((one) => patternOf(one) === metric),
        `${type}: ${metric}`,
      ).toBe(true);
  }
});
