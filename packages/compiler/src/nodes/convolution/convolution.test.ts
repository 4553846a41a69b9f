import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../../test/model-of.ts";
import { ruff } from "../../../test/python.ts";

const series = [20, 8];
const image = [8, 8, 4];
const volume = [4, 6, 6, 2];

test.each([
  [series, graph.conv1d(16, { kernel: 3 }), "self.conv1 = ops.Conv(8, 16, (3,), rngs=rngs)"],
  [
    series,
    graph.conv1d(16, { kernel: 3, padding: "CAUSAL", dilation: 2, useBias: false }),
    'ops.Conv(8, 16, (3,), padding="CAUSAL", kernel_dilation=2, use_bias=False, rngs=rngs)',
  ],
  [image, graph.conv2d(6, { kernel: 3, padding: 1 }), "self.conv1 = ops.Conv(4, 6, (3, 3), padding=1, rngs=rngs)"],
  [
    image,
    graph.conv2d(6, { kernel: 3, padding: [2, 1], groups: 2 }),
    "self.conv1 = ops.Conv(4, 6, (3, 3), padding=(2, 1), feature_group_count=2, rngs=rngs)",
  ],
  [image, graph.conv2d(6, { kernel: 3, padding: [[1, 0], 1] }), "padding=((1, 0), (1, 1))"],
  [image, graph.conv2d(6, { kernel: 3, stride: [2, 1] }), "ops.Conv(4, 6, (3, 3), strides=(2, 1), rngs=rngs)"],
  [volume, graph.conv3d(3, { kernel: [1, 3, 3], stride: 2 }), "ops.Conv(2, 3, (1, 3, 3), strides=2, rngs=rngs)"],
  [image, graph.depthwiseConv2d({ kernel: 3 }), "self.depthwise1 = ops.Conv(4, 4, (3, 3), feature_group_count=4, "],
  [
    series,
    graph.depthwiseConv1d({ kernel: 3, multiplier: 2 }),
    "self.depthwise1 = ops.Conv(8, 16, (3,), feature_group_count=8, ",
  ],
  [
    image,
    graph.convTranspose2d(2, { kernel: 2, stride: 2, name: "up" }),
    "self.up = ops.ConvTranspose(4, 2, (2, 2), strides=2, rngs=rngs)",
  ],
  [
    series,
    graph.convTranspose1d(2, { kernel: 3, padding: "VALID" }),
    'self.upconv1 = ops.ConvTranspose(8, 2, (3,), padding="VALID", rngs=rngs)',
  ],
  [volume, graph.convTranspose3d(2, { kernel: 2 }), "self.upconv1 = ops.ConvTranspose(2, 2, (2, 2, 2), rngs=rngs)"],
])("over %j: $2", (shape, block, ...parts) => {
  const text = modelOf(shape, block);
  for (const part of parts) expect(text).toContain(part);
});

test("a separable convolution is two layers under one name", () => {
  const text = modelOf(image, graph.separableConv2d(6, { kernel: 3, stride: 2, multiplier: 2 }).relu());
  expect(text).toContain(`        self.separable1 = nnx.Dict(
            depthwise=ops.Conv(4, 8, (3, 3), strides=2, feature_group_count=4, use_bias=False, rngs=rngs),
            pointwise=ops.Conv(8, 6, (1, 1), rngs=rngs),
        )
`);
  expect(text).toContain("self.separable1.pointwise(self.separable1.depthwise(image))");
});

test("what is printed is as ruff would have it", () => {
  const input = modelOf(
    image,
    graph
      .conv2d(4, { kernel: 3, padding: [[1, 0], 2], groups: 2 })
      .pipe(graph.separableConv2d(8, { kernel: 3, multiplier: 2 }).depthwiseConv2d({ kernel: 3 }))
      .pipe(graph.convTranspose2d(4, { kernel: 4, stride: 2, useBias: false })),
  );
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input })).toBe("");
});
