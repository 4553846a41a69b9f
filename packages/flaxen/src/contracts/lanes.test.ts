import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { adam, data, experiment, graph, head, model } from "@flaxen/core";
import { beforeAll, describe, expect, test } from "vitest";
import { eject } from "../eject/eject.ts";
import { type ProjectRun, runProject, stepColumn, temporaryFolder } from "../testing/project.ts";
import { readTensors } from "../trained/safetensors.ts";
import { compile } from "../training/prepare-job.ts";

const image = graph.input("image", [64]);
const digits = model({
  inputs: { image },
  heads: { digit: head.classification(image.dense(32).relu().dropout(0.2), { classes: 10, metrics: ["accuracy"] }) },
});
const whole = experiment(digits, {
  data: data.digits(),
  optimizer: adam({ learningRate: 1e-3 }),
  epochs: 12,
  batchSize: 64,
  earlyStopping: { metric: "val/loss", patience: 2, minDelta: 0.15 },
});
const { config } = compile(whole);
const hyperparameters = config.hyperparameters as Record<string, number>;
/** The first learns to the end, the second has learnt enough before, the last learns too slowly: each ends in its epoch. */
const trials = [
  { seed: 3, hyperparameters: { ...hyperparameters, learning_rate: 1e-3, dropout1: 0.2 } },
  { seed: 11, hyperparameters: { ...hyperparameters, learning_rate: 3e-3, dropout1: 0 } },
  { seed: 2 ** 31, hyperparameters: { ...hyperparameters, learning_rate: 2e-4, dropout1: 0.5 } },
];

const folder = temporaryFolder();
let lanes: ProjectRun;
const singles: ProjectRun[] = [];
const weights: Record<string, number>[] = [];

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0);

/** All numbers of a safetensors file, in its own order. */
const numbers = (file: string): Float32Array => {
  const bytes = readFileSync(join(folder, file));
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
};

beforeAll(async () => {
  await eject(whole, folder);
  writeFileSync(join(folder, "lanes.json"), JSON.stringify({ ...config, trials }));
  lanes = await runProject(folder, ["lanes.json"]);
  for (const [lane, trial] of trials.entries()) {
    writeFileSync(join(folder, "single.json"), JSON.stringify({ ...config, ...trial }));
    singles.push(await runProject(folder, ["single.json"]));
    weights.push({
      difference: largestDifference(numbers(`weights-${lane}.safetensors`), numbers("weights.safetensors")),
    });
  }
});

describe("contracts: three trials as lanes of one program equal three single runs", () => {
  test("all of them end well", () => {
    for (const { code, stderr } of [lanes, ...singles])
      expect([code, stderr]).toEqual([0, expect.not.stringMatching(/Traceback/)]);
  });

  test.each([0, 1, 2])("the losses of lane %i, after 1 step and after 20", (lane) => {
    const together = stepColumn(lanes.events, "loss", lane);
    const alone = stepColumn((singles[lane] as ProjectRun).events, "loss");
    expect(alone.length).toBeGreaterThan(20);
    expect(Math.abs((together[0] as number) - (alone[0] as number))).toBeLessThan(1e-5);
    for (let step = 0; step < 20; step++)
      expect(Math.abs((together[step] as number) - (alone[step] as number))).toBeLessThan(1e-3);
  });

  test("unequal seeds and rates give unequal losses: the comparison is not blind", () => {
    const first = [0, 1, 2].map((lane) => stepColumn(lanes.events, "loss", lane)[0]);
    expect(new Set(first).size).toBe(3);
  });

  test.each([0, 1, 2])("early stopping keeps for lane %i what it keeps for the single run", async (lane) => {
    const epochs = ({ events }: ProjectRun, of?: number) =>
      events.filter((event) => event.type === "epoch" && event.lane === of);
    const alone = epochs(singles[lane] as ProjectRun);
    const together = epochs(lanes, lane);
    expect(together.map(({ best }) => best)).toEqual(alone.map(({ best }) => best));
    expect(weights[lane]?.difference).toBeLessThan(1e-3);
    expect((await readTensors(join(folder, `weights-${lane}.safetensors`))).length).toBe(4);
  });

  test("each of them stops in an epoch of its own, and a stopped lane's weights would have gone on changing", () => {
    const [whole, enough, slow] = (singles as [ProjectRun, ProjectRun, ProjectRun]).map(
      ({ events }) => events.filter(({ type }) => type === "epoch").length,
    ) as [number, number, number];
    expect([whole, slow]).toEqual([12, 3]);
    expect(enough).toBeGreaterThan(slow);
    expect(enough).toBeLessThan(whole);
    const losses = stepColumn((singles[2] as ProjectRun).events, "loss");
    const perEpoch = losses.length / slow;
    const mean = (from: number) => losses.slice(from, from + perEpoch).reduce((sum, loss) => sum + loss, 0) / perEpoch;
    expect(mean(0) - mean(2 * perEpoch)).toBeGreaterThan(0.05);
  });
});
