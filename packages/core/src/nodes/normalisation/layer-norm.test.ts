import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("shape stays, defaults are written out", () => {
  expect(times.layerNorm().shape).toEqual(["batch", "time", 8]);
  expect(nodeOf(image.layerNorm({ epsilon: 1e-3, name: "norm" }))).toMatchObject({
    params: { epsilon: 1e-3, useScale: true, useBias: true },
    name: "norm",
  });
});

test("scale and bias are learned, unless left out", () => {
  expect(weightShapes(times.layerNorm())).toEqual({ scale: [8], bias: [8] });
  expect(weightShapes(times.layerNorm({ useBias: false }))).toEqual({ scale: [8] });
  expect(weightShapes(times.layerNorm({ useScale: false, useBias: false }))).toEqual({});
});

test.each([
  [
    () => untyped(graph.input("x", [])).layerNorm(),
    "shape-mismatch",
    "layerNorm needs an axis of features, but its input is [batch]",
  ],
  [() => untyped(ids).layerNorm(), "wrong-dtype", "layerNorm needs float, but its input is int"],
  [
    () => graph.input("x", [8, "time"]).layerNorm(),
    "unknown-size",
    "layerNorm: its scale, [time], needs sizes that are known before the data is seen, but its input is [batch, 8, time]",
  ],
  [() => image.layerNorm({ epsilon: 0 }), "bad-parameter", "layerNorm: epsilon must be more than 0, but it is 0"],
  [
    () => untyped(image).layerNorm({ eps: 1e-3 }),
    "unknown-option",
    'layerNorm has no option "eps". Known: epsilon, useScale, useBias, name.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
