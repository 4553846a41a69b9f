import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph } from "../../graph/index.ts";

const color = graph.input("color", [32, 30, 4]);
const series = graph.input("series", [20, 4]);

test.each([
  [color.depthwiseConv2d({ kernel: 3, stride: 2 }), [16, 15, 4]],
  [color.depthwiseConv2d({ kernel: [3, 5], padding: "VALID", multiplier: 3 }), [30, 26, 12]],
  [series.depthwiseConv1d({ kernel: 3, padding: "CAUSAL", multiplier: 2 }), [20, 8]],
  [times.depthwiseConv1d({ kernel: 3 }), ["time", 8]],
  [color.separableConv2d(7, { kernel: 3, stride: 2, multiplier: 3 }), [16, 15, 7]],
  [series.separableConv1d(7, { kernel: 3, padding: [[0, 1]] }), [19, 7]],
])("every channel by itself gives $1", (tensor, shape) => {
  expect(tensor).toMatchObject({ shape: ["batch", ...shape], dtype: "float" });
});

test("every channel has windows of its own; a separable convolution has two kernels and one bias", () => {
  expect(weightShapes(color.depthwiseConv2d({ kernel: 3, multiplier: 2 }))).toEqual({
    kernel: [3, 3, 1, 8],
    bias: [8],
  });
  expect(weightShapes(series.separableConv1d(7, { kernel: 3, multiplier: 2 }))).toEqual({
    "depthwise/kernel": [3, 1, 8],
    "pointwise/kernel": [1, 8, 7],
    "pointwise/bias": [7],
  });
  expect(Object.keys(weightShapes(color.separableConv2d(7, { kernel: 3, useBias: false })))).toHaveLength(2);
});

test.each(["depthwiseConv2d", "separableConv2d"] as const)("what %s refuses", (name) => {
  const call = (tensor: any, options: object) =>
    caught(() => (name === "depthwiseConv2d" ? tensor[name](options) : tensor[name](8, options)));
  expect(call(untyped(row), { kernel: 3 })).toMatchObject({
    sentence: `${name} needs [batch, height, width, channels], but its input is [batch, 10]`,
  });
  expect(call(untyped(color), { kernel: 31, padding: "VALID" })).toMatchObject({
    sentence: `${name}: a 31x31 VALID window does not fit into [batch, 32, 30, 4]`,
  });
  expect(call(untyped(color), { kernel: 3, multiplier: 0 })).toMatchObject({
    sentence: `${name}: multiplier must be at least 1, but it is 0`,
  });
});
