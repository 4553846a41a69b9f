import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, data, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());
const folder = mkdtempSync(join(tmpdir(), "flaxen-kinds-"));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const rootMeanSquare = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);

/** An IDX file of bytes. */
const idx = (name: string, bytes: Uint8Array, ...shape: number[]) =>
  file(name, Uint8Array.of(0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, size >> 8, size & 255]), ...bytes));

/** All that a run reports: rows of each part, losses of the steps, metrics of the epochs. */
const reported = async (run: Awaited<ReturnType<typeof train>>) => {
  const [losses, epochs]: [unknown[], unknown[]] = [[], []];
  let parts: Readonly<Record<string, { readonly rows: number }>> = {};
  for await (const event of run) {
    if (event.type === "prepare.ended") parts = event.data;
    if (event.type === "step") losses.push(event.metrics);
    if (event.type === "epoch") epochs.push(event.metrics);
  }
  const rows = Object.fromEntries(Object.entries(parts).map(([part, { rows }]) => [part, rows]));
  return { rows, losses, epochs };
};

test("IDX files and arrays of the same pixels train alike, with validation rows of their own", async () => {
  const image = graph.input("image", [4, 4, 1]);
  const kinds = model({
    inputs: { image },
    heads: { kind: head.classification(image.flatten().dense(8).relu(), { classes: 3, metrics: ["accuracy"] }) },
  });
  const pixels = (rows: number, step: number) => Uint8Array.from({ length: rows * 16 }, (_, i) => (i * step) % 251);
  const labels = (rows: number) => Uint8Array.from({ length: rows }, (_, i) => i % 3);
  const options = { epochs: 2, batchSize: 32, runner };
  const files = (name: string, rows: number, step: number) => ({
    image: idx(`${name}-images`, pixels(rows, step), rows, 4, 4),
    kind: idx(`${name}-labels`, labels(rows), rows),
  });
  const columns = (rows: number, step: number) => ({ image: pixels(rows, step), kind: labels(rows) });

  const [fromFiles, fromArrays] = await Promise.all([
    train(kinds, { ...options, data: data.idx({ train: files("train", 100, 7), validation: files("held", 40, 5) }) }),
    train(kinds, { ...options, data: data.arrays(columns(100, 7), { validation: columns(40, 5) }) }),
  ]);
  const [ofFiles, ofArrays] = await Promise.all([reported(fromFiles), reported(fromArrays)]);
  expect(ofFiles.rows).toEqual({ train: 100, validation: 40 });
  expect(ofFiles.losses).toHaveLength(2 * 4);
  expect(ofFiles).toEqual(ofArrays);
});

const area = (i: number) => 20 + ((i * 37) % 90);
const rent = (i: number) => 12.5 * area(i) + ((i * 53) % 40);
const table = (from: number, to: number) =>
  [
    "area;age;rent",
    ...Array.from({ length: to - from }, (_, i) => `${area(from + i)};${(from + i) % 7};${rent(from + i)}`),
  ]
    .join("\n")
    .concat("\n");
const flat = graph.input("flat", [2]);
const rents = model({
  inputs: { flat },
  heads: { rent: head.regression(flat.dense(16).relu(), { metrics: ["rmse", "r2"] }) },
});
const described = {
  features: { flat: ["area", "age"] },
  targets: { rent: "rent" },
  separator: ";",
  validation: file("held.csv", table(90, 130)),
};
const path = file("rents.csv", table(0, 90));

test("a table that is not scaled and arrays of the same numbers train alike", async () => {
  const columns = (from: number, to: number) => ({
    flat: Array.from({ length: to - from }, (_, i) => [area(from + i), (from + i) % 7]),
    rent: Array.from({ length: to - from }, (_, i) => rent(from + i)),
  });
  const options = { epochs: 2, batchSize: 32, runner };
  const [fromTable, fromArrays] = await Promise.all([
    train(rents, { ...options, data: data.csv(path, { ...described, scaling: "none" }) }),
    train(rents, { ...options, data: data.arrays(columns(0, 90), { validation: columns(90, 130) }) }),
  ]);
  const [ofTable, ofArrays] = await Promise.all([reported(fromTable), reported(fromArrays)]);
  expect(ofTable.rows).toEqual({ train: 90, validation: 40 });
  expect(ofTable).toEqual(ofArrays);
});

test("rows from TypeScript train as the same table in a file, and no string becomes a number", async () => {
  const place = graph.input("place", [1], { dtype: "int" });
  const features = flat
    .dense(8)
    .relu()
    .concat(place.embedding({ vocab: 8, features: 2 }).flatten());
  const placed = model({ inputs: { flat, place }, heads: { rent: head.regression(features, { metrics: ["rmse"] }) } });
  const rows = (from: number, to: number, code: (i: number) => string) =>
    Array.from({ length: to - from }, (_, i) => ({
      area: area(from + i),
      age: (from + i) % 7 || null,
      code: code((from + i) % 3),
      rent: rent(from + i),
    }));
  const csv = (name: string, from: number, to: number) =>
    file(
      name,
      `area,age,code,rent\n${rows(from, to, (i) => `c${i}`)
        .map((row) => Object.values(row).join(","))
        .join("\n")}\n`,
    );
  const columns = {
    features: {
      flat: ["area", { column: "age", missing: "median" }],
      place: { column: "code", kind: "category" },
    },
    targets: { rent: { column: "rent", scaling: "standard" } },
  } as const;
  const options = { epochs: 2, batchSize: 32, runner };
  const number = (i: number) => `00${i}`;
  const [fromFile, fromRows] = await Promise.all([
    train(placed, {
      ...options,
      data: data.csv(csv("codes.csv", 0, 90), { ...columns, validation: csv("held-codes.csv", 90, 130) }),
    }),
    train(placed, {
      ...options,
      data: data.rows(rows(0, 90, number), { ...columns, validation: rows(90, 130, number) }),
    }),
  ]);
  const [ofFile, ofRows] = await Promise.all([reported(fromFile), reported(fromRows)]);
  expect(ofRows.rows).toEqual({ train: 90, validation: 40 });
  expect(ofRows).toEqual(ofFile);
  await using trained = await fromRows.result();
  const row = { area: 50, age: null, code: "001" };
  const [known, unknown] = (await trained.predict([row, { ...row, code: "1" }])).rent.data;
  expect(known).not.toBe(unknown);
  expect((await trained.predict({ flat: [50, null], place: "001" })).rent.data[0]).toBe(known);
});

test("early stopping gives back the best epoch's weights: what predicts is what was scored", async () => {
  const run = await train(rents, {
    data: data.csv(path, described),
    optimizer: adam({ learningRate: 3 }),
    epochs: 60,
    batchSize: 8,
    earlyStopping: { metric: "val/rent/rmse", patience: 3 },
    runner,
  });
  const scores: number[] = [];
  for await (const event of run) if (event.type === "epoch") scores.push(event.metrics["val/rent/rmse"]);
  await using trained = await run.result();
  const best = Math.min(...scores);
  expect(scores).toHaveLength((trained.bestEpoch ?? 0) + 1 + 3);
  expect(trained.metrics["val/rent/rmse"]).toBe(best);
  expect(scores.at(-1)! / best).toBeGreaterThan(1.001);

  const held = Array.from({ length: 40 }, (_, i) => 90 + i);
  const predicted = (await trained.predict({ flat: held.map((i) => [area(i), i % 7]) })).rent;
  const error = rootMeanSquare(held.map((i, row) => (predicted.data[row] as number) - rent(i)));
  expect(error / best).toBeCloseTo(1, 4);
});
