import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, row, times, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph } from "../../graph/index.ts";

const sequence = graph.input("x", [16, 6]);

test("the shape stays; only learned positions have weights", () => {
  expect(times.sinusoidalPositions()).toMatchObject({ shape: ["batch", "time", 8], dtype: "float" });
  expect(weightShapes(sequence.sinusoidalPositions())).toEqual({});
  const learned = sequence.learnedPositions({ length: 20 });
  expect(learned.shape).toEqual(sequence.shape);
  expect(weightShapes(learned)).toEqual({ embedding: [20, 6] });
  expect(times.learnedPositions({ length: 20 }).shape).toEqual(times.shape);
});

test.each([
  [
    () => untyped(sequence).learnedPositions({ length: 15 }),
    "shape-mismatch",
    "learnedPositions: there are 15 positions, but the sequence is 16 long",
  ],
  [
    () => untyped(row).learnedPositions({ length: 15 }),
    "shape-mismatch",
    "learnedPositions needs [batch, time, features], but its input is [batch, 10]",
  ],
  [
    () => untyped(times).learnedPositions(),
    "bad-parameter",
    "learnedPositions needs length; it must be a whole number",
  ],
  [() => untyped(ids).sinusoidalPositions(), "wrong-dtype", "sinusoidalPositions needs float, but its input is int"],
  [
    () => untyped(graph.input("x", [16, 5])).sinusoidalPositions(),
    "shape-mismatch",
    "sinusoidalPositions needs an even number of features, but its input is [batch, 16, 5]",
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
