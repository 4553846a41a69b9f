import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("shape stays, defaults are written out", () => {
  expect(times.rmsNorm().shape).toEqual(["batch", "time", 8]);
  expect(nodeOf(image.rmsNorm({ name: "norm" }))).toMatchObject({
    params: { epsilon: 1e-6, useScale: true },
    name: "norm",
  });
});

test("a scale is learned, unless left out", () => {
  expect(weightShapes(times.rmsNorm())).toEqual({ scale: [8] });
  expect(weightShapes(times.rmsNorm({ useScale: false }))).toEqual({});
});

test.each([
  [
    () => untyped(graph.input("x", [])).rmsNorm(),
    "shape-mismatch",
    "rmsNorm needs an axis of features, but its input is [batch]",
  ],
  [() => untyped(ids).rmsNorm(), "wrong-dtype", "rmsNorm needs float, but its input is int"],
  [
    () => untyped(image).rmsNorm({ useBias: true }),
    "unknown-option",
    'rmsNorm has no option "useBias". Known: epsilon, useScale, name.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
