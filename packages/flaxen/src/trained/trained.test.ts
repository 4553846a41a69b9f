import { mkdtempSync, readdirSync } from "node:fs";
import { cp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Classes, data, experiment, graph, head, model } from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { InputShapeError, PredictError, PredictorClosedError, UnknownInputError } from "../errors/predict.ts";
import { FolderNotEmptyError, NotTrainedError } from "../errors/run.ts";
import { temporaryHome } from "../testing/home.ts";
import { digitsExperiment, digitsModel } from "../testing/models.ts";
import { processesWith } from "../testing/processes.ts";
import { runScript } from "../testing/run-script.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";
import { load } from "./load.ts";

const home = temporaryHome();
const runner = testRunner(home);
const start = async () => (await train(digitsExperiment(), { runner })).result();
let trained: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  trained = await start();
});
const folder = () => join(mkdtempSync(join(tmpdir(), "flaxen-trained-")), "saved");
const rows = Float32Array.from({ length: 5 * 64 }, (_, i) => ((i * 7919) % 17) / 16);

test("a batch and its single rows get the same predictions, typed per head", async () => {
  const { digit } = await trained.predict({ image: rows });
  expect(digit.probabilities.shape).toEqual([5, 10]);
  expect(digit.labels).toHaveLength(5);
  for (let row = 0; row < 5; row++) {
    const one = (await trained.predict({ image: [...rows.subarray(64 * row, 64 * (row + 1))] })).digit;
    expect(one.labels[0]).toBe(digit.labels[row]);
    expect(digit.probabilities.row(row).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    for (const [index, value] of one.probabilities.data.entries())
      expect(value).toBeCloseTo(digit.probabilities.row(row)[index] as number, 5);
  }
});

test("calls at the same time are answered each by its own", async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, row) => trained.predict({ image: rows.subarray(64 * row, 64 * (row + 1)) })),
  );
  const { digit } = await trained.predict({ image: rows });
  expect(answers.map((answer) => answer.digit.labels[0])).toEqual([...digit.labels]);
});

test("a wrong input is refused before anything is sent, and the next call works", async () => {
  await expect(trained.predict({ image: new Float32Array(63) })).rejects.toThrow(InputShapeError);
  await expect(trained.predict({} as { image: number[] })).rejects.toThrow(UnknownInputError);
  expect((await trained.predict({ image: rows })).digit.labels).toHaveLength(5);
});

test("rows with their labels are scored as the run's own are", async () => {
  const own = await trained.evaluate("validation");
  const reported = Object.entries(trained.metrics).filter(([name]) => name.startsWith("val/"));
  expect(Object.keys(own)).toEqual(reported.map(([name]) => name.slice(4)));
  for (const [name, value] of reported) expect(own[name.slice(4) as keyof typeof own]).toBeCloseTo(value, 5);

  const { digit } = await trained.predict({ image: rows });
  const labels = Int32Array.from(digit.labels, (label, row) => (row < 3 ? label : (label + 1) % 10));
  const done: (readonly number[])[] = [];
  const metrics = await trained.evaluate({ image: rows, digit: labels }, { onProgress: (...at) => done.push(at) });
  expect(metrics["digit/accuracy"]).toBeCloseTo(0.6, 6);
  const chances = [...labels].map((label, row) => digit.probabilities.row(row)[label] as number);
  expect(metrics["digit/loss"]).toBeCloseTo(chances.reduce((sum, one) => sum - Math.log(one), 0) / 5, 4);
  expect(done).toEqual([[5, 5]]);
  const one = { image: [...rows.subarray(0, 64)], digit: labels[0] as number };
  expect((await trained.evaluate(one))["digit/accuracy"]).toBe(1);
});

test("what cannot be scored is refused before anything is", async () => {
  const image = rows;
  const refused = async (promise: Promise<unknown>, code: string, words: string) =>
    expect(promise).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  await refused(trained.evaluate({ image }), "unknown-input", 'evaluate: target "digit" is missing');
  await refused(trained.evaluate({ image, digit: [1, 2, 3, 4, 10] }), "input-type", "from 0 to 9, but got 10 at");
  await refused(trained.evaluate({ image, digit: ["1", "2"] }), "input-type", 'evaluate: target "digit" takes numbers');
  await refused(trained.evaluate({ image, digit: [1, 2] }), "input-rows", '"image" has 5, "digit" has 2');
  await refused(trained.evaluate({ image, digits: [1] } as never), "unknown-input", 'Did you mean "digit"?');
  await refused(trained.evaluate("rows" as "test"), "bad-parameter", '"rows" is no part of the data');
  await refused(trained.evaluate("test"), "predict-failed", "evaluate: the data has no test rows");
  await refused(trained.evaluate({ path: "a.csv" }), "predict-failed", "data.digits reads no file");
  await refused(trained.evaluate("train", { sginal: 1 } as never), "unknown-option", 'Did you mean "signal"?');
  await refused(trained.evaluate("train", { signal: 1 } as never), "bad-parameter", "signal must be an AbortSignal");
});

test("a signal ends it at once, and the next call is answered", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const onProgress = () => stop.abort(reason);
  await expect(trained.evaluate("train", { signal: stop.signal, onProgress })).rejects.toBe(reason);
  await expect(trained.evaluate("train", { signal: stop.signal })).rejects.toBe(reason);
  const failing = () => {
    throw reason;
  };
  await expect(trained.evaluate("train", { onProgress: failing })).rejects.toBe(reason);
  expect((await trained.evaluate("validation")).loss).toBeGreaterThan(0);
});

test("a process that was killed is started again by the next call", async () => {
  const before = await trained.predict({ image: rows });
  const pids = processesWith("flaxen.predict").filter((pid) => processesWith(trained.folder).includes(pid));
  expect(pids).toHaveLength(1);
  process.kill(pids[0] as number, "SIGKILL");
  const failed = await trained.predict({ image: rows }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failed === undefined || PredictError.isInstance(failed)).toBe(true);
  expect((await trained.predict({ image: rows })).digit.labels).toEqual(before.digit.labels);
});

test("a saved model predicts the same in another process, which ends by itself", async () => {
  const target = folder();
  await trained.save(target);
  expect(readdirSync(target).sort()).toEqual(["artifacts", "config.json", "program", "trained.json"]);
  await expect(trained.save(target)).rejects.toThrow(FolderNotEmptyError);
  await trained.save(target, { overwrite: true });

  const script = join(import.meta.dirname, "../testing/predict-from-folder.ts");
  const { code, stdout, stderr } = await runScript(script, [target], { FLAXEN_HOME: home });
  expect([code, stderr]).toEqual([0, ""]);
  const here = (await trained.predict({ image: new Float32Array(64) })).digit;
  expect(JSON.parse(stdout)).toEqual([...here.probabilities.data]);
});

test("a folder is loaded as what it was trained from, or not at all", async () => {
  const loaded = await load(trained.folder, { as: digitsModel(), runner });
  expect(loaded.metrics).toEqual(trained.metrics);
  expect(await loaded.weights.tensors()).toEqual(await trained.weights.tensors());
  const { digit } = await loaded.predict({ image: rows });
  const labels: Classes<10>["labels"] = digit.labels;
  expect(labels).toHaveLength(5);
  await loaded.close();
  await expect(loaded.predict({ image: rows })).rejects.toThrow(PredictorClosedError);

  const x = graph.input("image", [64]);
  const other = model({ inputs: { image: x }, heads: { digit: head.classification(x, { classes: 10 }) } });
  await expect(load(trained.folder, { as: other })).rejects.toThrow(/another model/);
  const longer = experiment(digitsModel(), { data: data.digits(), epochs: 3 });
  await expect(load(trained.folder, { as: longer })).rejects.toThrow(/another experiment/);
  await expect(load(tmpdir())).rejects.toThrow(NotTrainedError);
});

test("weights that are gone, and a record that is torn, are told apart", async () => {
  const target = folder();
  await cp(trained.folder, target, { recursive: true });
  await rm(join(target, "artifacts", "weights.safetensors"));
  await using torn = await load(target, { runner });
  await expect(torn.predict({ image: rows })).rejects.toThrow(/weights\.safetensors/);
  await writeFile(join(target, "trained.json"), "{");
  await expect(load(target)).rejects.toThrow(NotTrainedError);
});
