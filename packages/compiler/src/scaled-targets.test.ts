import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { data, experiment, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";

const metrics = ["mse", "rmse", "mae", "r2", "explainedVariance", "pearson"] as const;
const house = graph.input("house", [2]);
const net = model({
  inputs: { house },
  heads: {
    price: head.regression(house, { metrics }),
    both: head.regression(house, { outputs: 2, loss: "mae", metrics }),
    plain: head.regression(house, { metrics: ["rmse"] }),
  },
});
const houses = experiment(net, {
  steps: 1,
  batchSize: 16,
  data: data.csv("houses.csv", {
    features: { house: ["rooms", "area"] },
    targets: {
      price: { column: "price", scaling: "standard" },
      both: [{ column: "distance", scaling: "minMax" }, "age"],
      plain: "age",
    },
  }),
});

test("metrics of a scaled target are in its own unit, its loss in scaled numbers", () => {
  const folder = writeProject(houses);
  const script = join(import.meta.dirname, "..", "test", "losses", "check_scaled.py");
  const found = JSON.parse(output(python, ["-B", script, folder]));
  expect(Object.keys(found.metrics)).toHaveLength(2 * metrics.length);
  for (const [metric, [ours, theirs]] of Object.entries<[number, number]>(found.metrics))
    expect(Math.abs(ours / theirs - 1), `${metric}: ${ours}, ${theirs}`).toBeLessThan(1e-4);
  expect(found.metrics["price/rmse"][0]).toBeGreaterThan(1000);
  expect(Math.abs(found.loss[0] / found.loss[1] - 1)).toBeLessThan(1e-4);
  expect(found.scale).toEqual({ price_scale: expect.any(Number), both_scale: [4, 1] });
  const { expects } = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")).data;
  expect([expects.price.scaled, expects.both.scaled, expects.plain.scaled]).toEqual([true, true, undefined]);
  rmSync(folder, { recursive: true, force: true });
});
