import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph } from "../../graph/index.ts";

const color = graph.input("color", [7, 9, 4]);
const volume = graph.input("volume", [2, 3, 4, 2]);

test.each([
  [color.convTranspose2d(8, { kernel: 3, stride: 2 }), [14, 18, 8]],
  [color.convTranspose2d(8, { kernel: [5, 2], stride: [2, 3], padding: "VALID" }), [17, 27, 8]],
  [color.convTranspose2d(8, { kernel: 3, dilation: 3, padding: "VALID" }), [13, 15, 8]],
  [times.convTranspose1d(8, { kernel: 3 }), ["time", 8]],
  [times.convTranspose1d(8, { kernel: 3, stride: 2 }), ["?", 8]],
  [volume.convTranspose3d(3, { kernel: 2, stride: [1, 2, 2] }), [2, 6, 8, 3]],
])("a transposed convolution gives $1", (tensor, shape) => {
  expect(tensor).toMatchObject({ shape: ["batch", ...shape], dtype: "float" });
});

test("its kernel goes from the input's channels to the filters", () => {
  expect(weightShapes(color.convTranspose2d(8, { kernel: [2, 3] }))).toEqual({ kernel: [2, 3, 4, 8], bias: [8] });
});

test.each([
  [
    () => untyped(row).convTranspose1d(8, { kernel: 3 }),
    "shape-mismatch",
    "convTranspose1d needs [batch, time, channels], but its input is [batch, 10]",
  ],
  [
    () => untyped(color).convTranspose2d(8, { kernel: 3, padding: "SAM" }),
    "bad-parameter",
    'convTranspose2d: padding must be "SAME" or "VALID", but it is "SAM". Did you mean "SAME"?',
  ],
  [
    () => untyped(volume).convTranspose3d(8, { kernel: 3, groups: 2 }),
    "unknown-option",
    'convTranspose3d has no option "groups". Known: kernel, stride, padding, dilation, useBias, name.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
