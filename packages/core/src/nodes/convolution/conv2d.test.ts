import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

const color = graph.input("color", [32, 30, 4]);

test.each([
  [color.conv2d(8, { kernel: 3 }), [32, 30]],
  [color.conv2d(8, { kernel: [5, 3], stride: 2 }), [16, 15]],
  [color.conv2d(8, { kernel: 3, padding: "VALID" }), [30, 28]],
  [color.conv2d(8, { kernel: 3, padding: "VALID", dilation: [2, 1] }), [28, 28]],
  [color.conv2d(8, { kernel: 3, padding: 2 }), [34, 32]],
  [color.conv2d(8, { kernel: 3, padding: [[0, 1], 3], stride: 2 }), [16, 17]],
])("a convolution over 32x30 gives $1", (tensor, [height, width]) => {
  expect(tensor).toMatchObject({ shape: ["batch", height, width, 8], dtype: "float" });
});

test("one number for both axes and defaults are written out", () => {
  expect(nodeOf(image.conv2d(8, { kernel: 3, stride: [1, 2] })).params).toEqual({
    filters: 8,
    kernel: [3, 3],
    stride: [1, 2],
    padding: "SAME",
    dilation: [1, 1],
    groups: 1,
    useBias: true,
  });
});

test("zeros are written out for every side", () => {
  const zeros = (padding: any) => nodeOf(color.conv2d(8, { kernel: 3, padding })).params.padding;
  expect(zeros(1)).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(zeros([2, [0, 1]])).toEqual([
    [2, 2],
    [0, 1],
  ]);
});

test("groups share out the channels", () => {
  expect(weightShapes(color.conv2d(8, { kernel: [5, 3] }))).toEqual({ kernel: [5, 3, 4, 8], bias: [8] });
  expect(weightShapes(color.conv2d(8, { kernel: 3, groups: 2, useBias: false }))).toEqual({ kernel: [3, 3, 2, 8] });
});

test.each([
  [
    () => untyped(row).conv2d(8, { kernel: 3 }),
    "shape-mismatch",
    "conv2d needs [batch, height, width, channels], but its input is [batch, 10]",
  ],
  [() => untyped(ids).conv2d(8, { kernel: 3 }), "wrong-dtype", "conv2d needs float, but its input is int"],
  [
    () => untyped(image).conv2d(8, { kernel: 29, padding: "VALID" }),
    "shape-mismatch",
    "conv2d: a 29x29 VALID window does not fit into [batch, 28, 28, 1]",
  ],
  [
    () => untyped(color).conv2d(8, { kernel: 3, groups: 3 }),
    "shape-mismatch",
    "conv2d: 3 groups do not divide 4 channels",
  ],
  [
    () => untyped(color).conv2d(6, { kernel: 3, groups: 4 }),
    "shape-mismatch",
    "conv2d: 4 groups do not divide 6 filters",
  ],
  [
    () => untyped(image).conv2d(8),
    "bad-parameter",
    "conv2d needs kernel; it must be a whole number of at least 1, or two of them",
  ],
  [
    () => untyped(image).conv2d(8, { kernel: [3] }),
    "bad-parameter",
    "conv2d: kernel must be a whole number of at least 1, or two of them, but it is [3]",
  ],
  [
    () => image.conv2d(8, { kernel: 3, stride: 0 as number }),
    "bad-parameter",
    "conv2d: stride[0] must be at least 1, but it is 0",
  ],
  [
    () => untyped(image).conv2d(8, { kernel: 3, padding: "valid" }),
    "bad-parameter",
    'conv2d: padding must be "SAME" or "VALID", or the zeros around each axis as [[before, after], ...], but it is "valid". Did you mean "VALID"?',
  ],
  [
    () => untyped(image).conv2d(8, { kernel: 3, padding: "CAUSAL" }),
    "bad-parameter",
    'conv2d: padding must be "SAME" or "VALID", or the zeros around each axis as [[before, after], ...], but it is "CAUSAL"',
  ],
  [
    () => untyped(image).conv2d(8, { kernel: 3, padding: [1] }),
    "bad-parameter",
    'conv2d: padding must be "SAME" or "VALID", or the zeros around each axis as [[before, after], ...], but it is [a list]',
  ],
  [
    () => untyped(image).conv2d(8, { kernel: 40, padding: 2 }),
    "shape-mismatch",
    "conv2d: a 40x40 window does not fit into the padded [batch, 28, 28, 1]",
  ],
  [
    () => untyped(image).conv2d(8, { kernl: 3 }),
    "unknown-option",
    'conv2d has no option "kernl". Did you mean "kernel"?',
  ],
  [
    () => untyped(image).conv2d(8, { kernel: 3, filters: 9 }),
    "unknown-option",
    'conv2d has no option "filters". Known: kernel, stride, padding, dilation, groups, useBias, name.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence, node: "conv2d" });
});
