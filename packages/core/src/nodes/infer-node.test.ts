import { expect, test } from "vitest";
import type { Value } from "../shapes/index.ts";
import { inferNode } from "./infer-node.ts";
import { add } from "./math/add.ts";
import { batchNorm } from "./normalisation/batch-norm.ts";
import { dense } from "./projection/dense.ts";
import { block } from "./structure/block.ts";
import { trainable } from "./weights.ts";

const float = (...shape: Value["shape"]): Value => ({ shape, dtype: "float" });
const params = { units: 3, useBias: true };

test("a document's node is checked without any value of the DSL", () => {
  expect(inferNode(dense, [float("batch", 10)], params)).toEqual(float("batch", 3));
});

test.each([
  [
    "wrong-inputs",
    "add needs either the input other or the parameter value",
    () => inferNode(add, [float("batch", 3)], {}),
  ],
  ["wrong-inputs", "dense needs 1 input (x), but it has 0", () => inferNode(dense, [], params)],
  [
    "wrong-dtype",
    "add: float and int do not mix",
    () => inferNode(add, [float("batch", 3), { shape: ["batch", 3], dtype: "int" }], {}),
  ],
  [
    "wrong-dtype",
    "dense needs float, but its input is int",
    () => inferNode(dense, [{ shape: ["batch", 3], dtype: "int" }], params),
  ],
  [
    "shape-mismatch",
    "dense needs an axis of features, but its input is [batch]",
    () => inferNode(dense, [float("batch")], params),
  ],
  [
    "unknown-size",
    "batchNorm: its scale, [?], needs sizes that are known before the data is seen, but its input is [batch, ?]",
    () => inferNode(batchNorm, [float("batch", "?")], {}),
  ],
])("%s: %s", (code, sentence, infer) => {
  expect(infer()).toMatchObject({ sentence, error: expect.objectContaining({ code }) });
});

test("a named block is looked up in the surroundings", () => {
  const encoder = {
    infer: ([x]: readonly Value[]): Value => ({ shape: ["batch", 64], dtype: x!.dtype }),
    weights: () => ({ "dense1/kernel": trainable(10, 64) }),
  };
  const surroundings = { block: (name: string) => (name === "encoder" ? encoder : undefined) };
  const named = (name: string) => inferNode(block, [float("batch", 10)], { block: name, shared: false }, surroundings);
  expect(named("encoder")).toEqual(float("batch", 64));
  expect(named("decoder")).toMatchObject({ sentence: 'there is no block "decoder"' });
  expect(block.weights([float("batch", 10)], { block: "encoder" }, surroundings)).toEqual(encoder.weights());
});
