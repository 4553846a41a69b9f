import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("branches read one tensor and are joined in their order", () => {
  const both = row.parallel([graph.dense(3), (h) => h.dense(4).relu(), graph], "concat");
  expect(both.shape).toEqual(["batch", 17]);
  const node = nodeOf(both);
  expect(node).toMatchObject({ type: "concat", params: { axis: -1 } });
  expect(node.inputs.map(({ type }) => type)).toEqual(["dense", "relu", "input"]);
  expect(node.inputs[0]!.inputs).toEqual([nodeOf(row)]);
});

test("sums and products are joined two by two; one branch is joined with nothing", () => {
  const sum = nodeOf(row.parallel([graph.dense(3), graph.dense(3), graph.dense(3)], "add"));
  expect(sum).toMatchObject({ type: "add", inputs: [{ type: "add" }, { type: "dense" }] });
  expect(nodeOf(row.parallel([graph, graph.sigmoid()], "multiply")).type).toBe("multiply");
  expect(nodeOf(row.parallel([graph.relu()], "add")).type).toBe("relu");
});

test("in a block too", () => {
  const gate = graph.parallel([graph, (h) => h.dense(10).sigmoid()], "multiply");
  expect(nodeOf(row.repeat(2, gate)).block!.output.type).toBe("multiply");
});

test.each([
  [
    () => untyped(row).parallel([graph.dense(3), graph.relu().conv2d(3, { kernel: 1 })], "add"),
    "parallel: branch 2: op 2 of the block: conv2d needs [batch, height, width, channels], but its input is [batch, 10]",
  ],
  [
    () => untyped(row).parallel([graph.dense(3), graph.dense(4)], "add"),
    "parallel: add: shapes do not broadcast: [batch, 3] and [batch, 4]",
  ],
  [
    () => untyped(image).parallel([graph, graph.maxPool(2)], "concat"),
    "parallel: concat: every axis but 3 must match: [batch, 28, 28, 1] and [batch, 14, 14, 1]",
  ],
  [
    () => untyped(ids).parallel([graph, graph.embedding({ vocab: 3, features: 2 }).flatten()], "concat"),
    "parallel: concat: int and float do not mix",
  ],
  [
    () => untyped(row).parallel([graph], "sum"),
    'parallel: merge must be "add" or "concat" or "multiply", but it is "sum"',
  ],
  [() => untyped(row).parallel([], "add"), "parallel: branches must be a list of blocks or functions, but it is []"],
  [
    () => untyped(row).parallel(graph.relu(), "add"),
    "parallel: branches must be a list of blocks or functions, but it is a block",
  ],
  [
    () => untyped(row).parallel([graph, 3], "add"),
    "parallel: branches[1] must be a block, or a function that returns what comes out, but it is 3",
  ],
])("$1", (call, sentence) => {
  expect(caught(call)).toMatchObject({ sentence });
});
