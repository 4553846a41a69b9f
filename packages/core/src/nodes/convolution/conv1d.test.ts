import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { image, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

const series = graph.input("series", [20, 4]);

test.each([
  [series.conv1d(8, { kernel: 3 }), 20],
  [series.conv1d(8, { kernel: [3], stride: 2, padding: "CAUSAL" }), 10],
  [series.conv1d(8, { kernel: 3, padding: "VALID", dilation: 3 }), 14],
  [series.conv1d(8, { kernel: 3, padding: [[2, 0]] }), 20],
  [times.conv1d(8, { kernel: 3, padding: "CAUSAL" }), "time"],
  [times.conv1d(8, { kernel: 3, padding: "VALID" }), "?"],
])("a convolution over time gives $1", (tensor, time) => {
  expect(tensor).toMatchObject({ shape: ["batch", time, 8], dtype: "float" });
});

test("defaults are written out, groups share out the channels", () => {
  const grouped = series.conv1d(8, { kernel: 5, groups: 2, padding: 1 });
  expect(nodeOf(grouped).params).toEqual({
    filters: 8,
    kernel: [5],
    stride: [1],
    padding: [[1, 1]],
    dilation: [1],
    groups: 2,
    useBias: true,
  });
  expect(weightShapes(grouped)).toEqual({ kernel: [5, 2, 8], bias: [8] });
});

test.each([
  [
    () => untyped(image).conv1d(8, { kernel: 3 }),
    "shape-mismatch",
    "conv1d needs [batch, time, channels], but its input is [batch, 28, 28, 1]",
  ],
  [
    () => untyped(series).conv1d(8, { kernel: 21, padding: "VALID" }),
    "shape-mismatch",
    "conv1d: a 21-wide VALID window does not fit into [batch, 20, 4]",
  ],
  [
    () => untyped(series).conv1d(8, { kernel: 3, groups: 3 }),
    "shape-mismatch",
    "conv1d: 3 groups do not divide 4 channels",
  ],
  [
    () => untyped(series).conv1d(8, { kernel: [3, 3] }),
    "bad-parameter",
    "conv1d: kernel must be a whole number of at least 1, but it is [3, 3]",
  ],
  [
    () => untyped(series).conv1d(8, { kernel: 3, padding: "causal" }),
    "bad-parameter",
    'conv1d: padding must be "SAME", "VALID" or "CAUSAL", or the zeros around each axis as [[before, after], ...], but it is "causal". Did you mean "CAUSAL"?',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence, node: "conv1d" });
});
