import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, data, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { load } from "../trained/load.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());
const point = graph.input("point", [3]);
const net = model({
  inputs: { point },
  heads: { height: head.regression(point.dense(16).relu(), { metrics: ["rmse"] }) },
});
const columns = (from: number, to: number) => ({
  point: Array.from({ length: to - from }, (_, i) => [
    Math.sin(from + i),
    Math.cos((from + i) * 2),
    ((from + i) % 7) / 7,
  ]),
  height: Array.from({ length: to - from }, (_, i) => 3 * Math.sin((from + i) / 3) + Math.cos((from + i) * 11)),
});
const held = columns(200, 300);

test("test rows are scored once, at the end, by the weights that are kept", async () => {
  const run = await train(net, {
    data: data.arrays(columns(0, 100), { validation: columns(100, 200), test: held }),
    optimizer: adam({ learningRate: 0.1 }),
    epochs: 60,
    batchSize: 32,
    earlyStopping: { metric: "val/loss", patience: 5 },
    runner,
  });
  const tests: unknown[] = [];
  const types: string[] = [];
  for await (const event of run) {
    types.push(event.type);
    if (event.type === "prepare.ended")
      expect(Object.values(event.data).map(({ rows }) => rows)).toEqual([100, 100, 100]);
    if (event.type === "epoch") expect(Object.keys(event.metrics)).toEqual(names.slice(0, 6));
    if (event.type === "test") tests.push(event.metrics);
  }
  expect(types.filter((type) => type === "test")).toHaveLength(1);
  expect(types.lastIndexOf("epoch")).toBeLessThan(types.indexOf("test"));

  await using trained = await run.result();
  expect(Object.keys(trained.metrics)).toEqual(names);
  expect(trained.bestEpoch).toBeLessThan(types.filter((type) => type === "epoch").length - 1);
  const { height } = await trained.predict({ point: held.point });
  const squares = held.height.map((value, row) => (value - (height.data[row] as number)) ** 2);
  const loss = squares.reduce((sum, one) => sum + one) / squares.length;
  expect(trained.metrics["test/height/loss"]).toBeCloseTo(loss, 5);
  expect(trained.metrics["test/height/rmse"]).toBeCloseTo(Math.sqrt(loss), 5);
  expect(tests).toEqual([
    {
      "test/loss": trained.metrics["test/loss"],
      "test/height/loss": trained.metrics["test/height/loss"],
      "test/height/rmse": trained.metrics["test/height/rmse"],
    },
  ]);
  await using again = await load(run.folder, { as: net });
  expect(again.metrics).toEqual(trained.metrics);
});

test("without validation a table's test rows are those that a column names, scaled as the training rows are", async () => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-test-rows-"));
  const { point: points, height } = columns(0, 120);
  const lines = points.map((row, i) =>
    [...row.map((one) => 100 * one + 7), height[i], i % 5 === 0 ? "end" : "a"].join(","),
  );
  writeFileSync(join(folder, "points.csv"), ["x,y,z,height,part", ...lines].join("\n"));
  const run = await train(net, {
    data: data.csv(join(folder, "points.csv"), {
      features: { point: ["x", "y", "z"] },
      targets: { height: "height" },
      test: { column: "part", value: "end" },
    }),
    epochs: 2,
    batchSize: 32,
    runner,
  });
  await using trained = await run.result();
  expect(Object.keys(trained.metrics)).toEqual([...names.slice(0, 3), ...names.slice(6)]);
  const tested = points.flatMap((row, i) => (i % 5 === 0 ? [{ row, height: height[i] as number }] : []));
  const { height: found } = await trained.predict(
    tested.map(({ row: [x, y, z] }) => ({ x: 100 * x! + 7, y: 100 * y! + 7, z: 100 * z! + 7 })),
  );
  const squares = tested.map(({ height }, row) => (height - (found.data[row] as number)) ** 2);
  expect(trained.metrics["test/height/loss"]).toBeCloseTo(squares.reduce((sum, one) => sum + one) / squares.length, 4);
});

const names = ["", "val/", "test/"].flatMap((part) =>
  ["loss", "height/loss", "height/rmse"].map((name) => part + name),
);
