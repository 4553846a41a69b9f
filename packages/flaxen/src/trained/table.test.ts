import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, data, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());

test("a table's columns are fed unscaled, and classes keep their names", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "flaxen-table-")), "weather.csv");
  const lines = Array.from({ length: 400 }, (_, i) => {
    const celsius = -30 + ((i * 37) % 61);
    const hectopascal = 980 + ((i * 13) % 50);
    return `${celsius},${hectopascal},${celsius < 0 ? "snow" : celsius > 20 ? "sun" : "rain"},${2 * celsius + 100}`;
  });
  writeFileSync(path, ["celsius,hectopascal,sky,double", ...lines, ""].join("\n"));
  const air = graph.input("air", [2]);
  const features = air.dense(32).relu();
  const weather = model({
    inputs: { air },
    heads: { sky: head.classification(features, { classes: 3 }), double: head.regression(features) },
  });
  const run = await train(weather, {
    data: data.csv(path, {
      features: { air: ["celsius", "hectopascal"] },
      targets: { sky: "sky", double: "double" },
      validation: 0.2,
    }),
    optimizer: adam({ learningRate: 0.02 }),
    epochs: 60,
    batchSize: 32,
    runner,
  });
  await using trained = await run.result();
  const { sky, double } = await trained.predict({
    air: [
      [-25, 1000],
      [10, 1000],
      [28, 1000],
    ],
  });
  expect([...sky.labels].map((label) => sky.names?.[label])).toEqual(["snow", "rain", "sun"]);
  for (const [row, expected] of [50, 120, 156].entries())
    expect(Math.abs((double.data[row] as number) - expected)).toBeLessThan(8);
  const saved = JSON.parse(readFileSync(join(trained.folder, "artifacts", "preprocessing.json"), "utf8"));
  expect(JSON.stringify(saved)).toContain("snow");
});
