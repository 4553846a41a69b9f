import { data, graph, head, model, sgd } from "@flaxen/core";
import { expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const rows = 101;
const each = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test("metrics are those of all rows, the last batch uneven, in training and in validation", async () => {
  const point = graph.input("point", [3]);
  const features = point.dense(8).relu();
  const net = model({
    inputs: { point },
    heads: {
      height: head.regression(features, { metrics: ["rmse", "r2"] }),
      kind: head.classification(features, { classes: 4, metrics: ["accuracy", "top2"], weight: 0.5 }),
    },
  });
  const columns = {
    point: each((row) => [Math.sin(row), Math.cos(row * 2), (row % 7) / 7]),
    height: each((row) => 1000 + Math.sin(row / 3)),
    kind: each((row) => (row * row) % 4),
  };
  // Nothing is learnt, so that the rows of the first step and of the last are scored by the same weights.
  const run = await train(net, {
    data: data.arrays(columns, { validation: columns }),
    optimizer: sgd({ learningRate: 0 }),
    epochs: 1,
    batchSize: 32,
    runner: testRunner(temporaryHome()),
  });
  await using trained = await run.result();
  const { height, kind } = await trained.predict({ point: columns.point });

  const errors = each((row) => ((height.data[row] as number) - (columns.height[row] as number)) ** 2);
  const centre = mean(columns.height);
  const chances = each((row) => [...kind.probabilities.row(row)]);
  const chance = (row: number) => chances[row]?.[columns.kind[row] as number] as number;
  const rank = each((row) => (chances[row] as number[]).filter((other) => other > chance(row)).length);
  const crossEntropy = mean(each((row) => -Math.log(chance(row))));
  const expected = {
    loss: mean(errors) + 0.5 * crossEntropy,
    "height/loss": mean(errors),
    "height/rmse": Math.sqrt(mean(errors)),
    "height/r2": 1 - mean(errors) / mean(columns.height.map((value) => (value - centre) ** 2)),
    "kind/loss": crossEntropy,
    "kind/accuracy": mean(rank.map((place) => Number(place < 1))),
    "kind/top2": mean(rank.map((place) => Number(place < 2))),
  };
  for (const [name, value] of Object.entries(expected))
    for (const part of ["", "val/"]) {
      const metric = `${part}${name}` as keyof typeof trained.metrics;
      expect(trained.metrics[metric] / value, metric).toBeCloseTo(1, 4);
    }
});
