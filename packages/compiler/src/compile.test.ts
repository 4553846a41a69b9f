import type { CompleteDocument, ExperimentDocument } from "@flaxen/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf, experiments } from "../test/experiments.ts";
import { runPython } from "../test/python.ts";
import { compile } from "./compile.ts";

type Change = (document: CompleteDocument) => CompleteDocument;

/** A copy of plain JSON with one value set; the path's keys exist. */
const set = <T extends object>(value: T, path: readonly (string | number)[], leaf: unknown): T => {
  const copy = structuredClone(value) as any;
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
  parent[path.at(-1)!] = leaf;
  return copy;
};

const rate = fc.double({ min: 0, max: 0.99, noNaN: true });
const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const count = fc.integer({ min: 1, max: 1e6 });
const training = (key: string, value: fc.Arbitrary<unknown>) =>
  value.map(
    (leaf): Change =>
      (d) =>
        set(d, ["training", key], leaf),
  );
const optimizer = (path: readonly string[], value: fc.Arbitrary<unknown>) =>
  value.map(
    (leaf): Change =>
      (d) =>
        set(d, ["training", "optimizer", "params", ...path], leaf),
  );
const dropout = (document: CompleteDocument) => document.model.nodes.findIndex(({ type }) => type === "dropout");

/** Changes that no program may notice. */
const dynamic: Readonly<Record<string, fc.Arbitrary<Change>>> = {
  "the learning rate": optimizer(["learningRate", "params", "peak"], fc.oneof(rate, fc.constant(1))),
  "the length of the warm-up": optimizer(["learningRate", "params", "warmupSteps"], fc.nat(1e6)),
  "weight decay": optimizer(["weightDecay"], rate),
  "moments and eps": fc.tuple(rate, rate, positive).map(
    ([b1, b2, eps]): Change =>
      (d) =>
        [["b1", b1] as const, ["b2", b2] as const, ["eps", eps] as const].reduce(
          (document, [key, value]) => set(document, ["training", "optimizer", "params", key], value),
          d,
        ),
  ),
  dropout: fc.oneof(rate, fc.constant(0)).map(
    (leaf): Change =>
      (d) =>
        set(d, ["model", "nodes", dropout(d), "params", "rate"], leaf),
  ),
  "the clip norm": training("clipNorm", fc.oneof(positive, fc.constant(1))),
  "the seed": training("seed", seed),
  "the shuffle seed": training("shuffleSeed", seed),
  "the epochs": training("epochs", count),
  "the batch size": training("batchSize", fc.integer({ min: 1, max: 60_000 })),
  "the patience": fc.nat(100).map(
    (leaf): Change =>
      (d) =>
        set(d, ["training", "earlyStopping", "patience"], leaf),
  ),
};

describe("what changes from run to run is not in the program", () => {
  const base = documentOf("mnist-cnn");
  const { program } = compile(base);

  test.each(Object.keys(dynamic))("%s", (name) => {
    fc.assert(
      fc.property(dynamic[name]!, (change) => {
        const compiled = compile(change(base));
        expect(compiled.program).toEqual(program);
      }),
      { numRuns: 20 },
    );
  });

  test("epochs or steps", () => {
    const { epochs: _, ...rest } = base.training;
    const compiled = compile({ ...base, training: { ...rest, steps: 10 } });
    expect(compiled.program).toEqual(program);
    expect(compiled.config).toMatchObject({ epochs: null, steps: 10 });
  });

  test("loss weights", () => {
    const heads = documentOf("two-heads");
    const weighted = set(heads, ["model", "heads", 0, "params", "weight"], 7);
    expect(compile(weighted).program).toEqual(compile(heads).program);
    expect(compile(weighted).config.hyperparameters).toMatchObject({ digit_weight: 7, ink_centre_weight: 0.5 });
  });

  test("where the user's calls stand", () => {
    const { document, sites } = experiments["mnist-cnn"]!();
    const moved = Object.fromEntries(
      Object.entries(sites).map(([node, site]) => [node, { ...site, file: "other.ts", line: site.line + 7 }]),
    );
    expect(compile(document, { sites: moved })).toEqual({ ...compile(document, { sites }), sites: moved });
  });

  test("columns and paths of the data", () => {
    const table = documentOf("csv-regression");
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (path, column) => {
        fc.pre(!["area", "age", "distance", "price"].includes(column));
        const features = { house: [column, "area", "age", "distance"] };
        const other = set(set(table, ["data", "params", "path"], path), ["data", "params", "features"], features);
        expect(compile(other).program).toEqual(compile(table).program);
      }),
      { numRuns: 20 },
    );
  });
});

test.each<[string, Change]>([
  ["clipping", (d) => set(d, ["training", "clipNorm"], undefined)],
  ["the optimizer", (d) => set(d, ["training", "optimizer", "type"], "adam")],
  ["a layer's size", (d) => set(d, ["model", "nodes", 1, "params", "filters"], 16)],
  ["a metric", (d) => set(d, ["model", "heads", 0, "params", "metrics"], ["accuracy"])],
])("%s is structure: another program", (what, change) => {
  const base = documentOf("mnist-cnn");
  const changed = change(base);
  if (what === "clipping") delete (changed.training as { clipNorm?: number }).clipNorm;
  if (what === "the optimizer") delete (changed.training.optimizer.params as { weightDecay?: number }).weightDecay;
  expect(compile(changed).program.hash).not.toBe(compile(base).program.hash);
});

/** Compiles each source (which refuses an argument that stands twice) and gives the attributes that it sets, in order. */
const attributes = `
import ast, json, sys
print(json.dumps([[compile(s, "f.py", "exec") and t.attr for n in ast.walk(ast.parse(s)) if isinstance(n, ast.Assign)
                   for t in n.targets if isinstance(t, ast.Attribute)] for s in json.load(sys.stdin)]))
`;

test("any names give Python, and never one name for two things", () => {
  const base = documentOf("mlp");
  const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/);
  const documents = fc.sample(fc.tuple(names, names, names, names), { numRuns: 60, seed: 11 }).flatMap((given) => {
    const [model, input, layer, head] = given as [string, string, string, string];
    if (new Set(given.map((name) => name.toLowerCase().replaceAll("_", ""))).size < 4 || head === "val") return [];
    const text = JSON.stringify({ ...base, model: { ...base.model, name: model } })
      .replaceAll('"pixels"', JSON.stringify(input))
      .replaceAll('"hidden"', JSON.stringify(layer))
      .replaceAll('"digit"', JSON.stringify(head));
    return [JSON.parse(text) as ExperimentDocument];
  });
  expect(documents.length).toBeGreaterThan(30);
  const sources = documents.flatMap((document) => {
    const { files } = compile(document).program;
    return [files["model.py"]!, files["train.py"]!];
  });
  const made = runPython(attributes, sources) as readonly (readonly string[])[];
  for (const [i, own] of made.entries()) {
    expect(own).toHaveLength(i % 2 === 0 ? 3 : 0);
    expect(new Set(own).size).toBe(own.length);
  }
});

test("a document without data or training cannot be compiled", () => {
  const { data: _, ...rest } = documentOf("mlp");
  expect(() => compile(rest)).toThrow('model "mlp" cannot be trained: the document has no "data".');
});
