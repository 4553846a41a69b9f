import { readFileSync } from "node:fs";
import { adam, data, experiment, graph, head, model } from "@flaxen/core";
import { NonFiniteLossError, RunFailedError, type Runner } from "@flaxen/runner";
import { describe, expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());

/** The line of this file that ends with a mark. */
const lineOf = (mark: string) =>
  1 +
  readFileSync(import.meta.filename, "utf8")
    .split("\n")
    .findIndex((line) => line.endsWith(`// ${mark}`));

const image = graph.input("image", [64]);
const first = image.dense(32).relu();
const second = first
  .dense(16) // the dense that fails
  .relu();
const digits = model({ inputs: { image }, heads: { digit: head.classification(second, { classes: 10 }) } });

/** A runner whose programs have one call changed. */
const sabotaged = (call: string, replacement: string): Runner => ({
  specification: 1,
  name: "sabotaged",
  submit: (job, options) => {
    const source = job.program.files["model.py"] as string;
    const changed = source.replace(call, replacement);
    expect(changed).not.toBe(source);
    const files = { ...job.program.files, "model.py": changed };
    return runner.submit({ ...job, program: { ...job.program, hash: `${job.program.hash}-changed`, files } }, options);
  },
});

const failureOf = async (changed: Runner) => {
  const run = await train(digits, { data: data.digits(), steps: 5, runner: changed });
  return run.result().then(
    () => undefined,
    (error: unknown) => error,
  );
};

describe("contracts: what fails in Python is told at the call in TypeScript", () => {
  test.each([
    ["a Python exception", "self.dense2(x)", "self.dense2(x, 1)", /TypeError/],
    ["an XLA shape error", "self.dense2(x)", "self.dense2(x[:, :3])", /dot_general|shape/],
  ])("%s in a dense", async (_, call, replacement, message) => {
    const error = await failureOf(sabotaged(call, replacement));
    if (!RunFailedError.isInstance(error)) throw error;
    expect(error.node).toBe("dense2");
    expect(error.site).toMatchObject({ file: import.meta.filename, line: lineOf("the dense that fails") });
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`blame.test.ts:${lineOf("the dense that fails")}`);
    expect(error.message).toMatch(/Traceback[^]*model\.py/);
  });

  test("a NaN made in a dense", async () => {
    const x = graph.input("x", [4]);
    const wide = x.dense(64).relu();
    const deep = wide
      .dense(64) // the dense that makes a NaN
      .relu();
    const values = model({ inputs: { x }, heads: { y: head.regression(deep) } });
    // Each product is finite, their sums are not, and the next layer adds infinities of both signs.
    const rows = 64;
    const whole = experiment(values, {
      data: data.arrays({ x: new Float32Array(rows * 4).fill(3e38), y: new Float32Array(rows) }),
      optimizer: adam({ learningRate: 1e-3 }),
      epochs: 1,
    });
    const run = await train(whole, { runner });
    const error = await run.result().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!NonFiniteLossError.isInstance(error)) throw error;
    expect(error.node).toBe("dense2");
    expect(error.site).toMatchObject({ file: import.meta.filename, line: lineOf("the dense that makes a NaN") });
    expect(error.step).toBe(0);
    expect(error.message).toMatch(/Traceback/);
  });
});
