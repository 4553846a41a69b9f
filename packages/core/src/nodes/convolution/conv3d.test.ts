import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { image, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph } from "../../graph/index.ts";

const volume = graph.input("volume", [8, 9, 10, 4]);

test.each([
  [volume.conv3d(6, { kernel: 3 }), [8, 9, 10]],
  [volume.conv3d(6, { kernel: [1, 2, 3], stride: [1, 2, 3] }), [8, 5, 4]],
  [volume.conv3d(6, { kernel: 3, padding: "VALID", dilation: [1, 2, 4] }), [6, 5, 2]],
  [volume.conv3d(6, { kernel: 3, padding: [1, 0, [2, 3]] }), [8, 7, 13]],
])("a convolution over 8x9x10 gives $1", (tensor, sizes) => {
  expect(tensor).toMatchObject({ shape: ["batch", ...sizes, 6], dtype: "float" });
});

test("groups share out the channels", () => {
  const grouped = volume.conv3d(6, { kernel: [1, 2, 3], groups: 2, useBias: false });
  expect(weightShapes(grouped)).toEqual({ kernel: [1, 2, 3, 2, 6] });
});

test.each([
  [
    () => untyped(image).conv3d(8, { kernel: 3 }),
    "shape-mismatch",
    "conv3d needs [batch, depth, height, width, channels], but its input is [batch, 28, 28, 1]",
  ],
  [
    () => untyped(volume).conv3d(8, { kernel: 9, padding: "VALID" }),
    "shape-mismatch",
    "conv3d: a 9x9x9 VALID window does not fit into [batch, 8, 9, 10, 4]",
  ],
  [
    () => untyped(volume).conv3d(8, { kernel: [3, 3] }),
    "bad-parameter",
    "conv3d: kernel must be a whole number of at least 1, or three of them, but it is [3, 3]",
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence, node: "conv3d" });
});
