import { FlaxenError } from "@flaxen/errors";
import { expect, test } from "vitest";
import { type Ending, endings } from "../ending.ts";
import type { Failure } from "../events.ts";
import { ExperimentMismatchError, RunNotFoundError } from "./attach-errors.ts";
import { DeviceMismatchError, RunTimedOutError } from "./ending-errors.ts";
import { DataError, NonFiniteLossError, RunFailedError } from "./failure-errors.ts";
import { fromEnding, type RunEnded } from "./from-ending.ts";

const failure: Failure = {
  code: "exception",
  type: "TypeError",
  message: "dot_general requires contracting dimensions to have the same shape, got (64,) and (128,).",
  traceback: 'Traceback (most recent call last):\n  File "model.py", line 9, in __call__\nTypeError: dot_general …\n',
  frames: [{ file: "model.py", line: 9, column: 21, endLine: 9, endColumn: 35, function: "__call__" }],
  data: {},
};
const origins = {
  sourceMap: [{ file: "model.py", line: 9, column: 21, endLine: 9, endColumn: 35, node: "dense1" }],
  sites: { dense1: { file: "/home/ada/digits.ts", line: 14, column: 6 } },
};
const ended = (reason: Ending, of: Failure | null): RunEnded => ({
  ...{ run: "r_1", attempt: 1, seq: 9, t: 0, m: 0, type: "run.ended", events: 10, bytes: 99, step: 3, epoch: 0 },
  ...{ bestEpoch: null, metrics: {} },
  reason,
  failure: of,
});
const errorOf = (reason: Ending, of: Failure | null) => fromEnding(ended(reason, of), "/runs/r_1", origins);

test("a Python exception names the node and the user's line, the traceback below", () => {
  const error = errorOf("failed", failure);
  expect(error?.message).toBe(
    `Python failed in node "dense1": TypeError: dot_general requires contracting dimensions to have the same shape, got (64,) and (128,).
    at /home/ada/digits.ts:14:6

Traceback (most recent call last):
  File "model.py", line 9, in __call__
TypeError: dot_general …`,
  );
  expect(RunFailedError.isInstance(error) && error).toMatchObject({ node: "dense1", site: { line: 14 }, failure });
});

test("a loss that is no number says where it began", () => {
  const of = { ...failure, code: "non-finite-loss", message: "The loss is NaN from step 12 on.", data: { step: 12 } };
  const error = errorOf("failed", of);
  expect(NonFiniteLossError.isInstance(error) && error).toMatchObject({ node: "dense1", step: 12, site: { line: 14 } });
  expect(error?.message).toMatch(
    /^The loss is NaN from step 12 on\. It began in node "dense1"\.\n {4}at .*digits\.ts:14:6/,
  );
});

test("Python's sentence about the loss ends before the next one begins", () => {
  const of = { ...failure, code: "non-finite-loss", message: "the loss is NaN at step 1" };
  expect(errorOf("failed", of)?.message).toMatch(/^the loss is NaN at step 1\. It began in node "dense1"\.\n/);
});

test("a data error has Python's code and its facts, and is told from other errors", () => {
  const data = { head: "digit", value: 12, classes: 10 };
  const of = { ...failure, type: "DataError", code: "label-out-of-range", message: "…", frames: [], data };
  const error = errorOf("failed", of);
  expect(DataError.isInstance(error) && error).toMatchObject({ code: "label-out-of-range", facts: data });
  expect(FlaxenError.isInstance(error)).toBe(true);
  expect(RunFailedError.isInstance(error)).toBe(false);
  expect(DataError.isInstance(errorOf("failed", failure))).toBe(false);
});

test("a data error points at the call that named the data", () => {
  const of = { ...failure, type: "DataError", code: "wrong-dtype", message: 'column "b", line 3', frames: [] };
  const dataSite = { file: "/home/ada/digits.ts", line: 20, column: 9 };
  const error = fromEnding(ended("failed", of), "/runs/r_1", { ...origins, dataSite });
  expect(error?.site).toEqual(dataSite);
});

test("every ending that is no success has an error of its own", () => {
  const codes = Object.fromEntries(endings.map((reason) => [reason, errorOf(reason, failure)?.code]));
  expect(codes).toEqual({
    completed: undefined,
    stopped: undefined,
    failed: "run-failed",
    cancelled: "run-cancelled",
    "timed-out": "run-timed-out",
    oom: "out-of-memory",
    "disk-full": "disk-full",
    spot: "run-ended",
    "env-failed": "env-failed",
    "device-mismatch": "device-mismatch",
    abandoned: "run-abandoned",
    lost: "run-lost",
  });
});

test("a device that was not asked for is named, in Python's words", () => {
  const message = 'a "gpu" was asked for, but JAX computes on cpu:0. Install a JAX that knows this GPU.';
  const error = errorOf("device-mismatch", { ...failure, message, data: { asked: "gpu", found: "cpu" } });
  expect(DeviceMismatchError.isInstance(error) && error).toMatchObject({ asked: "gpu", found: "cpu" });
  expect(error?.message).toContain(`Run r_1 trained nothing: ${message} \`npx flaxen doctor\` shows`);
  const none = errorOf("device-mismatch", { ...failure, data: { asked: "gpu", found: null } });
  expect(none).toMatchObject({ asked: "gpu", found: "none" });
});

test("a run that took too long says for how long it ran", () => {
  const error = fromEnding({ ...ended("timed-out", null), m: 7_204_321 }, "/runs/r_1", origins);
  expect(RunTimedOutError.isInstance(error)).toBe(true);
  expect(error?.message).toMatch(/^Run r_1 was ended after 7204 s: .* Raise `maxSeconds`/);
});

test("a run that is not there is told from one that was misspelt", () => {
  expect(new RunNotFoundError("r_12", "/runs", ["r_11", "r_9"]).message).toBe(
    'There is no run "r_12" in /runs. Did you mean "r_11"?',
  );
  expect(new RunNotFoundError("digits", "/runs", ["r_11"]).message).toMatch(
    /List what is there with runner\.runs\(\)\.$/,
  );
});

test("another experiment than the run's is named by both hashes", () => {
  const error = new ExperimentMismatchError("r_1", `sha256:${"a".repeat(64)}`, `sha256:${"b".repeat(64)}`);
  expect(error.message).toContain("the run's document is sha256:bbbbbbbbbbbb…, the given one sha256:aaaaaaaaaaaa…");
});
