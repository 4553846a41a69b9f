import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnyModel, data, experiment } from "@flaxen/core";
import type { Job, Runner } from "@flaxen/runner";
import { expect, test } from "vitest";
import { MetricMismatchError } from "../errors/run.ts";
import { progress } from "../progress/progress.ts";
import { temporaryHome } from "../testing/home.ts";
import { digitsExperiment, digitsModel } from "../testing/models.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "./train.ts";

const runner = testRunner(temporaryHome());

test("a run streams typed events and its result has metrics, weights and the best epoch", async () => {
  const run = await train(digitsModel(), {
    data: data.digits(),
    epochs: 3,
    batchSize: 64,
    earlyStopping: { metric: "val/digit/accuracy", patience: 5 },
    runner,
  });
  const epochs: number[] = [];
  const steps: number[] = [];
  for await (const event of run) {
    if (event.type === "epoch") epochs.push(event.metrics["val/digit/accuracy"]);
    if (event.type === "step") steps.push(event.metrics["digit/loss"]);
  }
  const trained = await run.result();
  expect(epochs).toHaveLength(3);
  expect(steps).toHaveLength(3 * Math.ceil((1797 - 359) / 64));
  expect(trained.metrics["val/digit/accuracy"]).toBe(Math.max(...epochs));
  expect(trained.bestEpoch).toBe(epochs.indexOf(Math.max(...epochs)));
  expect((await trained.weights.tensors()).map(({ name, shape }) => [name, shape])).toEqual(
    expect.arrayContaining([
      ["hidden/kernel", [64, 32]],
      ["digit/bias", [10]],
    ]),
  );
  expect(trained.weights.path.startsWith(run.folder)).toBe(true);
});

test("the same seed gives the same losses, bit for bit; another seed gives others", async () => {
  const losses = async (seed: number) => {
    const found: number[] = [];
    const options = { data: data.digits(), steps: 30, batchSize: 32, seed };
    for await (const event of await train(digitsModel(), { ...options, runner }))
      if (event.type === "step") found.push(event.metrics.loss);
    return found;
  };
  const [first, again, other] = [await losses(7), await losses(7), await losses(8)];
  expect(first).toHaveLength(30);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("a dry run does one real batch", async () => {
  const run = await train(digitsExperiment(50), { runner, dryRun: true });
  let steps = 0;
  for await (const event of run) if (event.type === "step") steps++;
  expect(steps).toBe(1);
  expect(Object.keys((await run.result()).metrics)).toContain("val/digit/accuracy");
});

test("an experiment read from its document trains as well, and progress ends with it", async () => {
  const run = await train(digitsExperiment(1), { runner });
  await progress(run, { silent: true });
  const result = await run.result();
  const record = JSON.parse(await readFile(join(result.folder, "trained.json"), "utf8"));
  expect(record.experiment).toEqual(digitsExperiment(1).toJSON());
});

test("what is wrong with the options is said before anything starts", async () => {
  const submitted: Job[] = [];
  const spy: Runner = {
    specification: 1,
    name: "spy",
    submit: async (job) => {
      submitted.push(job);
      throw new Error("nothing should be submitted");
    },
  };
  const good = { data: data.digits(), epochs: 1, runner: spy };
  const model = digitsModel();
  const code = (options: object) => train(model, options as typeof good).then(String, (error) => error.code);
  expect(await code({ ...good, epohcs: 1 })).toBe("unknown-option");
  expect(await code({ ...good, epochs: undefined })).toBe("bad-parameter");
  expect(await code({ ...good, batchSize: 2_000 })).toBe("batch-larger-than-data");
  expect(await code({ ...good, runner: {} })).toBe("bad-runner");
  expect(await code({ ...good, signal: "stop" })).toBe("bad-runner");
  expect(await code({ ...good, signal: AbortSignal.abort() })).toBe("run-cancelled");
  for (const wrong of [{ id: "a/b" }, { detach: "yes" }, { maxSeconds: -1 }, { retries: 1.5 }, { dryRun: 1 }])
    expect(await code({ ...good, ...wrong })).toBe("bad-parameter");
  expect(await code({ ...good, detached: true })).toBe("unknown-option");
  await expect(train(model, { ...good, epohcs: 1 } as typeof good)).rejects.toThrow(
    /train has no option "epohcs". Did you mean "epochs"\?\n {4}at .*train\.test\.ts:/,
  );
  await expect(train(model, { ...good, maxSeconds: -1 })).rejects.toThrow(
    /train: maxSeconds must be a number of seconds above 0, not -1\n {4}at .*train\.test\.ts:/,
  );
  expect(submitted).toEqual([]);
});

test("what is said of the run reaches the runner, and nothing of it the experiment", async () => {
  const asked: unknown[] = [];
  const spy: Runner = {
    specification: 1,
    name: "spy",
    submit: async (job, options) => {
      asked.push([job.document, options]);
      throw new Error("enough");
    },
  };
  const how = { id: "digits-1", detach: true, maxSeconds: 60, retries: 2 };
  await expect(train(digitsExperiment(1), { runner: spy, ...how })).rejects.toThrow("enough");
  await expect(
    train(digitsModel(), { data: data.digits(), epochs: 1, batchSize: 64, runner: spy, ...how }),
  ).rejects.toThrow("enough");
  expect(asked).toMatchObject([
    [digitsExperiment(1).hash, how],
    [expect.stringMatching(/^sha256:/), how],
  ]);
});

test.each([undefined, null, {}, "digits"])("%j is nothing to train", async (subject) => {
  const options = { data: data.digits(), epochs: 1, runner };
  await expect(train(subject as AnyModel, options)).rejects.toMatchObject({
    code: "bad-parameter",
    message: expect.stringMatching(/^train needs a model or an experiment as its first argument\n/),
    site: { file: import.meta.filename },
  });
});

test("a run that reports other metrics than its experiment is refused", async () => {
  const changed: Runner = {
    specification: 1,
    name: "changed",
    submit: (job, options) => runner.submit({ ...job, metrics: ["loss"] }, options),
  };
  const run = await train(digitsExperiment(1), { runner: changed });
  const read = async () => {
    for await (const event of run) void event;
  };
  await expect(read()).rejects.toSatisfy(MetricMismatchError.isInstance.bind(MetricMismatchError));
});

test("paths are looked for from the working folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-no-data-"));
  const lost = experiment(digitsModel(), {
    data: data.idx({ train: { image: join(folder, "images"), digit: "labels" } }),
    epochs: 1,
  });
  await expect(train(lost, { runner })).rejects.toMatchObject({ code: "missing-file" });
});
