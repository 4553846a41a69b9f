import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("shape stays, defaults are written out", () => {
  expect(times.groupNorm(4).shape).toEqual(["batch", "time", 8]);
  expect(row.groupNorm(1).shape).toEqual(["batch", 10]);
  expect(nodeOf(times.groupNorm(2, { name: "norm" }))).toMatchObject({
    params: { groups: 2, epsilon: 1e-5, useScale: true, useBias: true },
    name: "norm",
  });
});

test("scale and bias are learned for each channel, unless left out", () => {
  expect(weightShapes(times.groupNorm(4))).toEqual({ scale: [8], bias: [8] });
  expect(weightShapes(times.groupNorm(4, { useScale: false, useBias: false }))).toEqual({});
});

test.each([
  [() => untyped(times).groupNorm(3), "shape-mismatch", "groupNorm: 3 groups do not divide 8 channels"],
  [
    () => untyped(graph.input("x", [])).groupNorm(1),
    "shape-mismatch",
    "groupNorm needs an axis of features, but its input is [batch]",
  ],
  [() => untyped(ids).groupNorm(1), "wrong-dtype", "groupNorm needs float, but its input is int"],
  [() => untyped(times).groupNorm(), "bad-parameter", "groupNorm needs groups; it must be a whole number"],
  [() => times.groupNorm(0 as number), "bad-parameter", "groupNorm: groups must be at least 1, but it is 0"],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
