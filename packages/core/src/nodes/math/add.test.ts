import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("two operands, in order; axes of size 1 stretch", () => {
  const other = graph.input("other", [1, 1, 8]);
  expect(nodeOf(image.add(other)).inputs).toEqual([nodeOf(image), nodeOf(other)]);
  expect(image.add(other).shape).toEqual(["batch", 28, 28, 8]);
  expect(ids.add(ids)).toMatchObject({ shape: ["batch", 16], dtype: "int" });
});

test.each([
  [() => untyped(row).add(image), "shape-mismatch", "add: shapes do not broadcast: [batch, 10] and [batch, 28, 28, 1]"],
  [() => untyped(row).add(ids), "wrong-dtype", "add: float and int do not mix"],
  [() => untyped(row).add(graph.relu()), "bad-parameter", "add: other must be a tensor or a number, but it is a block"],
  [() => untyped(row).add(), "bad-parameter", "add: other must be a tensor or a number, but it is missing"],
  [() => untyped(row).add(row, row), "bad-parameter", "add takes 1 argument, but it has 2"],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
