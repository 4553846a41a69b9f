import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

const mask = graph.input("mask", ["time"], { dtype: "int" });
const context = graph.input("context", [30, 6]);
const contextMask = graph.input("contextMask", [30], { dtype: "int" });

test("the shape stays", () => {
  expect(times.attention({ heads: 2 })).toMatchObject({ shape: ["batch", "time", 8], dtype: "float" });
  expect(times.attention({ heads: 3, headFeatures: 5, keyValueHeads: 1, causal: true }).shape).toEqual(times.shape);
  expect(times.crossAttention(context, { heads: 4 }).shape).toEqual(times.shape);
});

test("a document holds what was chosen, rope with its base", () => {
  const base = { heads: 2, causal: false, useBias: true };
  expect(nodeOf(times.attention({ heads: 2 })).params).toEqual(base);
  expect(nodeOf(times.attention({ heads: 2, rope: false })).params).toEqual(base);
  expect(nodeOf(times.attention({ heads: 2, rope: true })).params).toEqual({ ...base, rope: { base: 10_000 } });
  expect(nodeOf(times.attention({ heads: 2, rope: { base: 500 } })).params).toEqual({ ...base, rope: { base: 500 } });
});

test("the mask is the last operand", () => {
  expect(nodeOf(times.attention({ heads: 2, mask })).inputs).toEqual([nodeOf(times), nodeOf(mask)]);
  const crossed = times.crossAttention(context, { heads: 2, mask: contextMask });
  expect(nodeOf(crossed).inputs).toEqual([times, context, contextMask].map(nodeOf));
});

test("four projections, those of keys and values as wide as their heads", () => {
  expect(weightShapes(times.attention({ heads: 4, headFeatures: 3, keyValueHeads: 2 }))).toEqual({
    "query/kernel": [8, 12],
    "query/bias": [12],
    "key/kernel": [8, 6],
    "key/bias": [6],
    "value/kernel": [8, 6],
    "value/bias": [6],
    "out/kernel": [12, 8],
    "out/bias": [8],
  });
  expect(weightShapes(times.crossAttention(context, { heads: 2, useBias: false }))).toEqual({
    "query/kernel": [8, 8],
    "key/kernel": [6, 8],
    "value/kernel": [6, 8],
    "out/kernel": [8, 8],
  });
});

test.each([
  [
    () => untyped(row).attention({ heads: 2 }),
    "shape-mismatch",
    "attention needs [batch, time, features], but its input is [batch, 10]",
  ],
  [() => untyped(ids).attention({ heads: 2 }), "wrong-dtype", "attention needs float, but its input is int"],
  [() => untyped(times).attention({ heads: 3 }), "shape-mismatch", "attention: 3 heads do not divide 8 features"],
  [
    () => untyped(times).attention({ heads: 4, keyValueHeads: 3 }),
    "shape-mismatch",
    "attention: 3 key-value heads do not divide 4 heads",
  ],
  [
    () => untyped(times).attention({ heads: 8, rope: true }),
    "shape-mismatch",
    "attention: rope needs an even number of features per head, but there are 1",
  ],
  [
    () => untyped(times).attention({ heads: 2, rope: "yes" }),
    "bad-parameter",
    'attention: rope must be true, false or { base }, but it is "yes"',
  ],
  [
    () => untyped(times).attention({ heads: 2, mask: ids }),
    "shape-mismatch",
    "attention: its mask must be [batch, time], but it is [batch, 16]",
  ],
  [() => untyped(times).attention({}), "bad-parameter", "attention needs heads; it must be a whole number"],
  [
    () => untyped(times).crossAttention(row, { heads: 2 }),
    "shape-mismatch",
    "crossAttention: its context must be [batch, time, features], but it is [batch, 10]",
  ],
  [
    () => untyped(times).crossAttention(context, { heads: 2, mask }),
    "shape-mismatch",
    "crossAttention: its mask must be [batch, 30], but it is [batch, time]",
  ],
  [
    () => untyped(times).crossAttention({ heads: 2 }),
    "bad-parameter",
    "crossAttention: context must be a tensor, but it is an object",
  ],
  [
    () => untyped(times).crossAttention(context, { heads: 2, mask: row }),
    "wrong-dtype",
    "crossAttention: its mask must be int, but it is float",
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
