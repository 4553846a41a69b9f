import { expect, test } from "vitest";
import { below, caught, here } from "../../../test/caught.ts";
import { image, row, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("a block's operations follow, with nodes of their own at each application", () => {
  const block = graph.dense(10).relu();
  const once = row.pipe(block);
  const twice = once.pipe(block);
  const types = [nodeOf(twice), nodeOf(twice).inputs[0]!].map((node) => node.type);
  expect(types).toEqual(["relu", "dense"]);
  expect(nodeOf(twice).inputs[0]!.inputs[0]).toBe(nodeOf(once));
  expect(nodeOf(once).site).toEqual(nodeOf(twice).site);
});

test("a function gets the tensor, or on a block an empty one", () => {
  expect(nodeOf(row.pipe((x) => x.dense(3))).inputs[0]).toBe(nodeOf(row));
  expect(row.pipe(graph.relu().pipe((x) => x.dense(3).relu())).shape).toEqual(["batch", 3]);
  expect(nodeOf(row.pipe(graph))).toBe(nodeOf(row));
});

test("a misfit inside is told with its place, where it was written and where it was applied", () => {
  const first = here();
  const block = graph
    .dense(128) // one call a line
    .relu()
    .conv2d(32, { kernel: 3 });
  const error = caught(() => untyped(image).flatten().pipe(block));
  expect(error).toEqual({
    code: "shape-mismatch",
    sentence: "op 3 of the block: conv2d needs [batch, height, width, channels], but its input is [batch, 128]",
    node: "conv2d",
    at: below(first, 4),
    appliedAt: below(first, 5),
  });
});

test("one operation needs no place, two levels need two", () => {
  expect(caught(() => untyped(row).pipe(graph.maxPool(2))).sentence).toMatch(/^maxPool needs/);
  const nested = graph.relu().pipe(graph.relu().maxPool(2));
  expect(caught(() => untyped(row).pipe(nested)).sentence).toMatch(/^op 2 of the block: op 2 of the block: maxPool/);
});

test("anything but a block is refused", () => {
  expect(caught(() => untyped(row).pipe(3))).toMatchObject({
    code: "bad-parameter",
    sentence: "pipe: block must be a block, or a function that returns what comes out, but it is 3",
  });
  expect(caught(() => untyped(row).pipe(row.relu()))).toMatchObject({
    code: "bad-parameter",
    sentence: "pipe: block must be a block, or a function that returns what comes out, but it is a tensor",
  });
  expect(caught(() => untyped(graph).pipe(row)).sentence).toMatch(/but it is a tensor$/);
  expect(caught(() => untyped(row).parallel([graph, row], "add")).sentence).toBe(
    "parallel: branches[1] must be a block, or a function that returns what comes out, but it is a tensor",
  );
  expect(caught(() => untyped(row).branch({ one: row })).sentence).toBe(
    "branch: one must be a block, or a function that returns what comes out, but it is a tensor",
  );
  expect(caught(() => untyped(row).pipe(() => undefined)).sentence).toMatch(/but it is missing$/);
});
