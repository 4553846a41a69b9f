import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { image, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";
import { countParameters } from "../weights.ts";
import { batchNorm } from "./batch-norm.ts";

test("shape stays, defaults are written out", () => {
  expect(times.batchNorm().shape).toEqual(["batch", "time", 8]);
  expect(nodeOf(image.batchNorm({ momentum: 0.99, name: "norm" }))).toMatchObject({
    params: { momentum: 0.99, epsilon: 1e-5 },
    name: "norm",
  });
});

test("statistics are owned, but not learned", () => {
  expect(weightShapes(times.batchNorm())).toEqual({ scale: [8], bias: [8], mean: [8], var: [8] });
  expect(countParameters(batchNorm.weights([times], {}, { block: () => undefined }))).toBe(16);
});

test.each([
  [
    () => untyped(graph.input("x", [])).batchNorm(),
    "shape-mismatch",
    "batchNorm needs an axis of features, but its input is [batch]",
  ],
  [() => image.batchNorm({ momentum: 1 }), "bad-parameter", "batchNorm: momentum must be less than 1, but it is 1"],
  [() => image.batchNorm({ epsilon: 0 }), "bad-parameter", "batchNorm: epsilon must be more than 0, but it is 0"],
  [
    () => untyped(image).batchNorm({ eps: 1e-3 }),
    "unknown-option",
    'batchNorm has no option "eps". Known: momentum, epsilon, name.',
  ],
  [() => untyped(image).batchNorm(0.9), "bad-parameter", "batchNorm: its options must be an object, but they are 0.9"],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
