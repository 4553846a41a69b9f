import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("sizes that are names stay where they can", () => {
  expect(times.reshape(["time", 2, 4]).shape).toEqual(["batch", "time", 2, 4]);
  expect(times.slice(1, { start: -1 }).shape).toEqual(["batch", 1, 8]);
  expect(times.slice(1, { start: 1 }).shape).toEqual(["batch", "?", 8]);
  expect(times.concat(times).shape).toEqual(["batch", "time", 16]);
});

test("a split is a slice for each part", () => {
  const parts = row.split([4, 6]);
  expect(parts.map(({ shape }) => shape)).toEqual([
    ["batch", 4],
    ["batch", 6],
  ]);
  expect(parts.map((part) => nodeOf(part).params)).toEqual([
    { axis: 1, start: 0, end: 4, step: 1 },
    { axis: 1, start: 4, end: 10, step: 1 },
  ]);
});

test("a constant is of one example", () => {
  expect(graph.constant([[1, 2, 3]])).toMatchObject({ shape: [1, 1, 3], dtype: "float" });
  expect(graph.constant(2, { dtype: "int" })).toMatchObject({ shape: [1], dtype: "int" });
  expect(row.add(graph.constant([1])).shape).toEqual(["batch", 10]);
});

test("identity makes no node", () => {
  expect(nodeOf(row.identity())).toBe(nodeOf(row));
});

test.each([
  [() => untyped(image).reshape([7, 100]), "reshape: [batch, 28, 28, 1] does not fit into [batch, 7, 100]"],
  [() => untyped(image).reshape([-1, -1]), "reshape: shape must hold -1 once at most, but it is [-1, -1]"],
  [
    () => untyped(row).reshape(["batch", 5, 2]),
    'reshape: shape[0] must be a name such as "time" (not "batch": that axis stays as it is), but it is "batch"',
  ],
  [
    () => untyped(image).transpose([2, 0, 1]),
    "transpose: [2, 0, 1] is not an order of all 4 axes of [batch, 28, 28, 1], 0 (batch) first",
  ],
  [() => untyped(row).transpose(), "transpose needs two axes after the batch axis, but its input is [batch, 10]"],
  [() => untyped(row).slice(1, { start: 11 }), "slice: 11 to end is no part of axis 1 of [batch, 10]"],
  [() => untyped(row).slice(0), "slice: axis 0 of [batch, 10] is the batch axis"],
  [() => untyped(row).squeeze(1), "squeeze: axis 1 of [batch, 10] is not of size 1"],
  [() => untyped(row).concat([]), "concat: others must be at least one tensor, but the list is empty"],
  [() => untyped(row).concat(ids), "concat: float and int do not mix"],
  [() => untyped(row).split(3), "split: axis 1 of [batch, 10] does not divide into 3 parts"],
  [() => untyped(row).split([3, 3]), "split: sizes [3, 3] do not add up to axis 1 of [batch, 10]"],
  [
    () => untyped(graph).split(2),
    "split gives several tensors, which no block can: call it on a tensor, or inside of a function",
  ],
  [() => untyped(row).gather(row), "gather needs int, but its input is float"],
  [() => untyped(row).pad([1, 1]), "pad: 2 widths are not one for each axis after the batch axis of [batch, 10]"],
  [
    () => untyped(graph).constant([[1], [2, 3]]),
    "constant: value must be a finite number, or such numbers in lists of one length, but it is [a list, a list]",
  ],
])("$1", (call, sentence) => {
  expect(caught(call)).toMatchObject({ sentence });
});
