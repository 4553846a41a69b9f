import { FlaxenError } from "@flaxen/errors";
import { expect, test } from "vitest";
import { type Ending, endings } from "../ending.ts";
import type { Failure } from "../events.ts";
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
    "timed-out": "run-ended",
    oom: "out-of-memory",
    "disk-full": "disk-full",
    spot: "run-ended",
    "env-failed": "env-failed",
    "device-mismatch": "run-ended",
    abandoned: "run-abandoned",
    lost: "run-lost",
  });
});
