import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

const mask = graph.input("mask", ["time"], { dtype: "int" });

test("the last state, or all of them; both ways side by side", () => {
  expect(times.lstm(5)).toMatchObject({ shape: ["batch", 5], dtype: "float" });
  expect(times.gru(5, { returnSequences: true }).shape).toEqual(["batch", "time", 5]);
  expect(times.simpleRnn(5, { direction: "bidirectional" }).shape).toEqual(["batch", 10]);
  expect(times.lstm(5, { direction: "bidirectional", returnSequences: true }).shape).toEqual(["batch", "time", 10]);
  expect(graph.input("x", [7, 3]).lstm(2, { direction: "reverse" }).shape).toEqual(["batch", 2]);
});

test("the mask is the second operand and no parameter", () => {
  const node = nodeOf(times.lstm(5, { mask, name: "reader" }));
  expect(node).toMatchObject({ params: { units: 5, returnSequences: false, direction: "forward" }, name: "reader" });
  expect(node.inputs).toEqual([nodeOf(times), nodeOf(mask)]);
  expect(nodeOf(times.pipe(graph.gru(5, { mask }))).inputs).toEqual([nodeOf(times), nodeOf(mask)]);
});

test("gates stand side by side; each way has weights of its own", () => {
  expect(weightShapes(times.lstm(5))).toEqual({ kernel: [8, 20], recurrentKernel: [5, 20], bias: [20] });
  expect(weightShapes(times.gru(5))).toEqual({
    kernel: [8, 15],
    recurrentKernel: [5, 15],
    bias: [15],
    recurrentBias: [15],
  });
  expect(weightShapes(times.simpleRnn(5, { direction: "bidirectional" }))).toEqual({
    "forward/kernel": [8, 5],
    "forward/recurrentKernel": [5, 5],
    "forward/bias": [5],
    "backward/kernel": [8, 5],
    "backward/recurrentKernel": [5, 5],
    "backward/bias": [5],
  });
});

test.each([
  [() => untyped(row).lstm(3), "shape-mismatch", "lstm needs [batch, time, features], but its input is [batch, 10]"],
  [
    () => untyped(image).gru(3),
    "shape-mismatch",
    "gru needs [batch, time, features], but its input is [batch, 28, 28, 1]",
  ],
  [() => untyped(ids).simpleRnn(3), "wrong-dtype", "simpleRnn needs float, but its input is int"],
  [
    () => untyped(times).lstm(3, { mask: ids }),
    "shape-mismatch",
    "lstm: its mask must be [batch, time], but it is [batch, 16]",
  ],
  [() => untyped(times).lstm(3, { mask: row }), "wrong-dtype", "lstm: its mask must be int, but it is float"],
  [() => untyped(times).lstm(3, { mask: true }), "bad-parameter", "lstm: mask must be a tensor, but it is true"],
  [
    () => untyped(times).gru(3, { direction: "backward" }),
    "bad-parameter",
    'gru: direction must be "forward" or "reverse" or "bidirectional", but it is "backward"',
  ],
  [
    () => untyped(times).gru(3, { reverse: true }),
    "unknown-option",
    'gru has no option "reverse". Known: returnSequences, direction, mask, name.',
  ],
  [
    () => graph.input("x", [4, "time"]).lstm(3),
    "unknown-size",
    "lstm: its kernel, [time, 12], needs sizes that are known before the data is seen, but its input is [batch, 4, time]",
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
