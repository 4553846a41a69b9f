import { graph } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf, modelText } from "../../../test/model-of.ts";
import { ruff } from "../../../test/python.ts";

test.each([
  [graph.attention({ heads: 2 }), "self.attention1 = ops.Attention(8, 2, rngs=rngs)", "x = self.attention1(x)"],
  [
    graph.attention({ heads: 4, headFeatures: 6, keyValueHeads: 2, causal: true, rope: true, useBias: false }),
    "self.attention1 = ops.Attention(\n            8, 4, head_features=6, key_value_heads=2, causal=True, rope=10000.0, use_bias=False, rngs=rngs\n        )",
    "x = self.attention1(x)",
  ],
  [
    graph.attention({ heads: 2, dropout: 0.1, name: "looks" }),
    "self.looks = ops.Attention(8, 2, dropout=True, rngs=rngs)",
    'x = self.looks(x, dropout=hp["looks_dropout"], train=train)',
  ],
  [
    graph.learnedPositions({ length: 9 }).sinusoidalPositions(),
    "self.positions1 = ops.LearnedPositions(9, 8, rngs=rngs)",
    "x = ops.add_sinusoidal_positions(self.positions1(x))",
  ],
])("a layer: $1", (block, made, called) => {
  const text = modelOf([5, 8], block);
  expect(text).toContain(`        ${made}\n`);
  expect(text).toContain(`        ${called}\n`);
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input: text })).toBe("");
});

test("context and mask are named", () => {
  const x = graph.input("x", [5, 8]);
  const source = graph.input("source", [7, 6]);
  const mask = graph.input("mask", [7], { dtype: "int" });
  const text = modelText({ x, source, mask }, x.crossAttention(source, { heads: 2, mask }));
  expect(text).toContain("self.cross_attention1 = ops.Attention(8, 2, context_features=6, rngs=rngs)\n");
  expect(text).toContain("x = self.cross_attention1(x, context=source, mask=mask)\n");
});
