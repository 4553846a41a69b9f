import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../test/model-of.ts";
import { ruff } from "../../test/python.ts";

const row = [6];
const image = [8, 8, 4];

test.each([
  [graph.exponential(), "jnp.exp(row)"],
  [graph.hardSigmoid(), "nnx.hard_sigmoid(row)"],
  [graph.hardSwish(), "nnx.hard_swish(row)"],
  [graph.hardTanh(), "nnx.hard_tanh(row)"],
  [graph.logSigmoid(), "nnx.log_sigmoid(row)"],
  [graph.mish(), "row * nnx.tanh(nnx.softplus(row))"],
  [graph.relu(), "nnx.relu(row)"],
  [graph.relu6(), "nnx.relu6(row)"],
  [graph.selu(), "nnx.selu(row)"],
  [graph.sigmoid(), "nnx.sigmoid(row)"],
  [graph.silu(), "nnx.silu(row)"],
  [graph.softplus(), "nnx.softplus(row)"],
  [graph.softsign(), "nnx.soft_sign(row)"],
  [graph.squaredRelu(), "nnx.relu(row) ** 2"],
  [graph.tanh(), "nnx.tanh(row)"],
  [graph.gelu(), "ops.gelu(row)"],
  [graph.gelu({ approximate: true }), "nnx.gelu(row, approximate=True)"],
  [graph.leakyRelu(), "nnx.leaky_relu(row, negative_slope=0.01)"],
  [graph.elu(), "nnx.elu(row)"],
  [graph.elu({ alpha: 0.5 }), "nnx.elu(row, alpha=0.5)"],
  [graph.celu({ alpha: 2 }), "nnx.celu(row, alpha=2.0)"],
  [graph.threshold(-0.5, { value: -1 }), "jnp.where(row > -0.5, row, -1.0)"],
  [graph.softmax(), "nnx.softmax(row)"],
  [graph.logSoftmax(), "nnx.log_softmax(row)"],
  [graph.glu(), "nnx.glu(row)  # [batch, 3]"],
  [graph.swiglu(), "ops.swiglu(row)  # [batch, 3]"],
  [graph.geglu(), "ops.geglu(row)  # [batch, 3]"],
  [graph.prelu(), "self.prelu1(row)"],
  [graph.layerNorm(), "self.layer_norm1(row)"],
  [graph.dense(6).layerNorm().silu(), "nnx.silu(self.layer_norm1(self.dense1(row)))"],
  [graph.dense(6).relu().squaredRelu(), "nnx.relu(nnx.relu(self.dense1(row))) ** 2"],
])("a row: $1", (block, line) => {
  expect(modelOf(row, block)).toContain(`        x = ${line}\n`);
});

test.each([
  [graph.globalAvgPool(), "image.mean((1, 2))  # [batch, 4]"],
  [graph.globalMaxPool(), "image.max((1, 2))  # [batch, 4]"],
])("an image: $1", (block, line) => {
  expect(modelOf(image, block)).toContain(`        x = ${line}\n`);
});

test.each([
  [graph.layerNorm(), "self.layer_norm1 = ops.LayerNorm(4, epsilon=1e-5, rngs=rngs)"],
  [graph.layerNorm({ useBias: false }), "self.layer_norm1 = ops.LayerNorm(4, epsilon=1e-5, use_bias=False, rngs=rngs)"],
  [graph.prelu(), "self.prelu1 = ops.PReLU()"],
  [graph.prelu({ perChannel: true, initial: 0 }), "self.prelu1 = ops.PReLU(4, initial=0.0)"],
  [graph.rmsNorm(), "self.rms_norm1 = ops.RMSNorm(4, epsilon=1e-6, rngs=rngs)"],
  [
    graph.groupNorm(2, { name: "groups" }),
    "self.groups = nnx.GroupNorm(4, num_groups=2, epsilon=1e-5, use_fast_variance=False, rngs=rngs)",
  ],
])("a layer: $1", (block, line) => {
  expect(modelOf(image, block)).toContain(`        ${line}\n`);
});

test("jax.numpy is imported where it is used, and nowhere else", () => {
  expect(modelOf(row, graph.exponential())).toContain("\n\nimport jax.numpy as jnp\nfrom flax import nnx\n\n\n");
  expect(modelOf(row, graph.sigmoid())).toContain('"""\n\nfrom flax import nnx\n\n\n');
});

test("what is printed is as ruff would have it", () => {
  const all = graph
    .conv2d(4, { kernel: 3 })
    .pipe(graph.groupNorm(2, { useScale: false, useBias: false }).squaredRelu().avgPool(2).threshold(0.1))
    .pipe(graph.maxPool(2).layerNorm().mish().exponential().glu().globalMaxPool());
  const input = modelOf(image, all);
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input })).toBe("");
  const rules = [
    "--isolated",
    "--line-length=120",
    "--select=E,F,I,UP,W",
    "--config=lint.isort.known-first-party=['flaxen']",
  ];
  expect(ruff(["check", ...rules, "-"], { input })).toContain("All checks passed!");
});
