import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../../test/model-of.ts";
import { ruff } from "../../../test/python.ts";

const gates = graph.constant([[1, 2, 3, 4, 5, 6]]).squeeze(1);

test.each([
  [graph.add(1.5), "row + 1.5"],
  [graph.dense(6).multiply(0.5), "self.dense1(row) * 0.5"],
  [graph.divide(-3), "row / -3.0"],
  [graph.maximum(0), "jnp.maximum(row, 0.0)"],
  [graph.power(2), "row**2"],
  [graph.negate(), "-row"],
  [graph.clip(-1, 2), "jnp.clip(row, -1.0, 2.0)"],
  [graph.stopGradient(), "jax.lax.stop_gradient(row)"],
  [graph.norm(), "ops.norm(row, 1)  # [batch]"],
  [graph.reshape([2, -1]), "row.reshape(row.shape[0], 2, -1)  # [batch, 2, 3]"],
  [graph.reshape([2, 3]), "row.reshape(-1, 2, 3)  # [batch, 2, 3]"],
  [graph.slice(1, { start: 1, end: -1, step: 2 }), "row[:, 1:-1:2]  # [batch, 2]"],
  [graph.repeatVector(3), "row[:, None].repeat(3, axis=1)  # [batch, 3, 6]"],
  [graph.mean(1, { keepDims: true }), "row.mean(1, keepdims=True)  # [batch, 1]"],
  [graph.identity().add(1), "row + 1.0"],
])("a row: $1", (block, line) => {
  expect(modelOf([6], block)).toContain(`        x = ${line}\n`);
});

test("comparisons give whole numbers; a condition is compared with 0", () => {
  const mask = graph.constant([1, 0, 1, 0, 1, 0], { dtype: "int" });
  expect(modelOf([6], graph.greater(0.5).cast("float"))).toContain("(row > 0.5).astype(jnp.int32).astype(jnp.float32)");
  expect(modelOf([6], graph.where(mask, -1))).toMatch(/jnp\.where\(.+ != 0, row, -1\.0\)/);
});

test("a constant is written out; its first axis stretches", () => {
  const text = modelOf([6], graph.multiply(gates));
  expect(text).toContain("jnp.array([[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]])");
});

test("what is printed is as ruff would have it, and imports what it uses", () => {
  const all = graph
    .upsample(2, { method: "bilinear" })
    .pad([1, [0, 2], 0])
    .pixelShuffle(2)
    .stopGradient()
    .transpose();
  const input = modelOf([8, 8, 4], all);
  expect(input).toContain("\nimport jax\nimport jax.numpy as jnp\nfrom flax import nnx\n\nfrom flaxen import ops\n");
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input })).toBe("");
});
