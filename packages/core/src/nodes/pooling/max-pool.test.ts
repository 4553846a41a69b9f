import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { image, row, untyped } from "../../../test/untyped.ts";
import { nodeOf } from "../../graph/index.ts";

test("the stride is the window unless told otherwise", () => {
  expect(image.maxPool(2).shape).toEqual(["batch", 14, 14, 1]);
  expect(nodeOf(image.maxPool([2, 3])).params).toEqual({ window: [2, 3], stride: [2, 3], padding: "VALID" });
  expect(nodeOf(image.maxPool(3, { stride: 2 })).params).toEqual({ window: [3, 3], stride: [2, 2], padding: "VALID" });
});

test("VALID leaves out what no whole window covers, SAME does not", () => {
  expect(image.maxPool(3).shape).toEqual(["batch", 9, 9, 1]);
  expect(image.maxPool(3, { padding: "SAME" }).shape).toEqual(["batch", 10, 10, 1]);
});

test.each([
  [
    () => untyped(row).maxPool(2),
    "shape-mismatch",
    "maxPool needs [batch, height, width, channels], but its input is [batch, 10]",
  ],
  [
    () => untyped(image).maxPool([2, 40]),
    "shape-mismatch",
    "maxPool: a 2x40 VALID window does not fit into [batch, 28, 28, 1]",
  ],
  [() => image.maxPool(0), "bad-parameter", "maxPool: window[0] must be at least 1, but it is 0"],
  [
    () => untyped(image).maxPool(2, { name: "pool" }),
    "unknown-option",
    'maxPool has no option "name". Known: stride, padding.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
