import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("the last axis becomes the units", () => {
  expect(row.dense(3)).toMatchObject({ shape: ["batch", 3], dtype: "float" });
  expect(image.dense(3).shape).toEqual(["batch", 28, 28, 3]);
  expect(times.dense(3).shape).toEqual(["batch", "time", 3]);
});

test("parameters are written out, the name stands beside them", () => {
  const node = nodeOf(row.dense(3, { name: "hidden" }));
  expect(node).toMatchObject({ type: "dense", params: { units: 3, useBias: true }, name: "hidden" });
  expect(node.inputs).toEqual([nodeOf(row)]);
});

test("a kernel, and a bias unless told otherwise", () => {
  expect(weightShapes(row.dense(3))).toEqual({ kernel: [10, 3], bias: [3] });
  expect(weightShapes(row.dense(3, { useBias: false }))).toEqual({ kernel: [10, 3] });
});

test.each([
  [() => untyped(ids).dense(3), "wrong-dtype", "dense needs float, but its input is int"],
  [
    () => untyped(graph.input("x", [])).dense(3),
    "shape-mismatch",
    "dense needs an axis of features, but its input is [batch]",
  ],
  [
    () => graph.input("x", ["time"]).dense(3),
    "unknown-size",
    "dense: its kernel, [time, 3], needs sizes that are known before the data is seen, but its input is [batch, time]",
  ],
  [() => row.dense(-5 as number), "bad-parameter", "dense: units must be at least 1, but it is -5"],
  [() => row.dense(2.5 as number), "bad-parameter", "dense: units must be a whole number, but it is 2.5"],
  [() => untyped(row).dense(), "bad-parameter", "dense needs units; it must be a whole number"],
  [() => untyped(row).dense(3, { useBias: 1 }), "bad-parameter", "dense: useBias must be true or false, but it is 1"],
  [() => untyped(row).dense(3, { bias: true }), "unknown-option", 'dense has no option "bias". Known: useBias, name.'],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence, node: "dense" });
});
