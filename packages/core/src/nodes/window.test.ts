import { expect, test } from "vitest";
import { rankMisfit, slide, type WindowParams } from "./window.ts";

const window = (kernel: number, rest: Partial<WindowParams> = {}): WindowParams => ({
  kernel: [kernel, kernel],
  stride: [1, 1],
  padding: "VALID",
  dilation: [1, 1],
  ...rest,
});
const zeros = [
  [1, 2],
  [0, 3],
] as const;

test.each([
  [window(3), [26, 26]],
  [window(3, { padding: "SAME" }), [28, 28]],
  [window(3, { padding: "SAME", stride: [2, 3] }), [14, 10]],
  [window(2, { stride: [2, 2] }), [14, 14]],
  [window(3, { dilation: [2, 1] }), [24, 26]],
  [window(28), [1, 1]],
  [window(3, { padding: zeros }), [29, 29]],
  [window(3, { padding: zeros, stride: [2, 4] }), [15, 8]],
])("%j turns 28x28 into %j", (given, [height, width]) => {
  expect(slide(["batch", 28, 28, 1], given, 8, "conv2d")).toEqual(["batch", height, width, 8]);
});

test("sequences and volumes slide alike", () => {
  const along = { kernel: [3], stride: [2], dilation: [1] };
  expect(slide(["batch", 9, 4], { ...along, padding: "CAUSAL" }, 8, "conv1d")).toEqual(["batch", 5, 8]);
  expect(slide(["batch", 9, 4], { ...along, padding: "VALID" }, 8, "conv1d")).toEqual(["batch", 4, 8]);
  const through = { kernel: [1, 2, 3], stride: [1, 1, 1], dilation: [1, 1, 2], padding: "VALID" } as const;
  expect(slide(["batch", 5, 5, 5, 4], through, 8, "conv3d")).toEqual(["batch", 5, 4, 1, 8]);
});

test("what a window makes of a named size is unknown, unless it leaves it alone", () => {
  expect(slide(["batch", "height", 28, 1], window(3), 8, "conv2d")).toEqual(["batch", "?", 26, 8]);
  expect(slide(["batch", "height", 28, 1], window(3, { padding: zeros }), 8, "conv2d")).toEqual(["batch", "?", 29, 8]);
  const same = slide(["batch", "height", 28, 1], window(3, { padding: "SAME" }), 8, "conv2d");
  expect(same).toEqual(["batch", "height", 28, 8]);
});

test("a window that is too large is named with its gaps counted", () => {
  const gaps = { dilation: [2, 2] };
  expect(slide(["batch", 4, 4, 1], window(3, gaps), 8, "conv2d")).toBe(
    "conv2d: a 3x3 VALID window does not fit into [batch, 4, 4, 1]",
  );
  expect(slide(["batch", 1, 4, 1], window(3, { ...gaps, padding: zeros }), 8, "conv2d")).toBe(
    "conv2d: a 3x3 window does not fit into the padded [batch, 1, 4, 1]",
  );
  const along = { kernel: [3], stride: [1], dilation: [1], padding: "VALID" } as const;
  expect(slide(["batch", 2, 4], along, 8, "conv1d")).toBe(
    "conv1d: a 3-wide VALID window does not fit into [batch, 2, 4]",
  );
});

test("sequences have three axes, images four, volumes five", () => {
  expect(rankMisfit(["batch", 28, 28, 1], 4, "conv2d")).toBeUndefined();
  expect(rankMisfit(["batch", 10], 3, "conv1d")).toBe(
    "conv1d needs [batch, time, channels], but its input is [batch, 10]",
  );
  expect(rankMisfit(["batch", 10], 5, "conv3d")).toBe(
    "conv3d needs [batch, depth, height, width, channels], but its input is [batch, 10]",
  );
});
