import { expect, test } from "vitest";
import { imageMisfit, slide, type WindowParams } from "./window.ts";

const window = (kernel: number, rest: Partial<WindowParams> = {}): WindowParams => ({
  kernel: [kernel, kernel],
  stride: [1, 1],
  padding: "VALID",
  dilation: [1, 1],
  ...rest,
});

test.each([
  [window(3), [26, 26]],
  [window(3, { padding: "SAME" }), [28, 28]],
  [window(3, { padding: "SAME", stride: [2, 3] }), [14, 10]],
  [window(2, { stride: [2, 2] }), [14, 14]],
  [window(3, { dilation: [2, 1] }), [24, 26]],
  [window(28), [1, 1]],
])("%j turns 28x28 into %j", (given, [height, width]) => {
  expect(slide(["batch", 28, 28, 1], given, 8, "conv2d")).toEqual(["batch", height, width, 8]);
});

test("what a window makes of a named size is unknown, unless it leaves it alone", () => {
  expect(slide(["batch", "height", 28, 1], window(3), 8, "conv2d")).toEqual(["batch", "?", 26, 8]);
  expect(slide(["batch", "height", 28, 1], window(3, { padding: "SAME" }), 8, "conv2d")).toEqual([
    "batch",
    "height",
    28,
    8,
  ]);
});

test("a window that is too large is named with its gaps counted", () => {
  const fits = "conv2d: a 3x3 VALID window does not fit into [batch, 4, 4, 1]";
  expect(slide(["batch", 4, 4, 1], window(3, { dilation: [2, 2] }), 8, "conv2d")).toBe(fits);
});

test("images have four axes", () => {
  expect(imageMisfit(["batch", 28, 28, 1], "maxPool")).toBeUndefined();
  expect(imageMisfit(["batch", 10], "maxPool")).toBe(
    "maxPool needs [batch, height, width, channels], but its input is [batch, 10]",
  );
});
