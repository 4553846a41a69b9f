import { readFileSync } from "node:fs";
import { data, graph, head, model, sgd } from "@flaxen/core";
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
    expect(error.message).toMatch(/Traceback[\s\S]*model\.py/);
  });

  test("a NaN made in a dense", async () => {
    // The first step makes every weight enormous: then one layer is still finite, the next one adds infinities.
    const optimizer = sgd({ learningRate: 1e30 });
    const run = await train(digits, { data: data.digits(), optimizer, steps: 5, runner });
    const error = await run.result().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!NonFiniteLossError.isInstance(error)) throw error;
    expect(error.node).toBe("dense2");
    expect(error.site).toMatchObject({ file: import.meta.filename, line: lineOf("the dense that fails") });
    expect(error.step).toBe(1);
    expect(error.message).toContain(`blame.test.ts:${lineOf("the dense that fails")}`);
    expect(error.message).toMatch(/Traceback/);
  });
});
