import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, row, times, untyped } from "../../../test/untyped.ts";
import { checkModel } from "../../document/check-model.ts";
import { freezeModel } from "../../document/freeze-model.ts";
import { graph, nodeOf } from "../../graph/index.ts";
import { head } from "../../heads/index.ts";

test("the branch's output is added to what came in", () => {
  const node = nodeOf(row.residual(graph.dense(10).relu()));
  expect(node).toMatchObject({ type: "add", params: {}, shape: ["batch", 10], dtype: "float" });
  expect(node.inputs[0]).toBe(nodeOf(row));
  expect(node.inputs[1]!.type).toBe("relu");
});

test("a function does as well, and so does a block inside of a block", () => {
  expect(nodeOf(row.residual((x) => x.dense(10))).inputs[1]!.type).toBe("dense");
  const twice = graph.residual(graph.dense(10)).residual((x) => x.relu());
  expect(nodeOf(row.pipe(twice)).inputs.map((node) => node.type)).toEqual(["add", "relu"]);
});

test("an axis of size 1 that the branch may stretch is of unknown size", () => {
  const single = graph.input("single", [1, 8]);
  const other = times.concat(times, { axis: 1 });
  const given = [
    single.residual(() => other),
    single.repeat(2, () => other),
    single.repeat(2, (x) => x.residual(() => other)),
  ];
  expect(given.map(({ shape }) => shape)).toEqual(given.map(() => ["batch", "?", 8]));
  expect(other.residual(() => single).shape).toEqual(["batch", "?", 8]);
  const { model } = freezeModel("net", { price: head.regression(given[1]!.max(1)) });
  expect(checkModel(model).types.get("layers1")!.shape).toEqual(["batch", "?", 8]);
});

test.each([
  [
    () => untyped(row).residual(graph.dense(11)),
    "shape-mismatch",
    "residual: the branch turns [batch, 10] into [batch, 11]",
  ],
  [
    () => untyped(ids).residual(graph.flatten().embedding({ vocab: 3, features: 3 })),
    "shape-mismatch",
    "residual: the branch turns [batch, 16] into [batch, 16, 3]",
  ],
  [
    () => untyped(ids).residual(() => graph.input("x", [16])),
    "wrong-dtype",
    "residual: the branch turns int into float",
  ],
  [
    () => untyped(row).residual(graph.relu().maxPool(2)),
    "shape-mismatch",
    "residual: op 2 of the block: maxPool needs 1 to 3 axes between batch and channels, but its input is [batch, 10]",
  ],
  [
    () => untyped(row).residual(row.relu()),
    "bad-parameter",
    "residual: branch must be a block, or a function that returns what comes out, but it is a tensor",
  ],
  [
    () => untyped(row).residual("dense"),
    "bad-parameter",
    'residual: branch must be a block, or a function that returns what comes out, but it is "dense"',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
