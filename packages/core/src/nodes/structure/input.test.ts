import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

const input = untyped(graph).input;

test("the batch axis is added", () => {
  expect(nodeOf(graph.input("image", [28, 28, 1]))).toMatchObject({
    type: "input",
    name: "image",
    params: { shape: [28, 28, 1], dtype: "float" },
    inputs: [],
    shape: ["batch", 28, 28, 1],
  });
  expect(graph.input("ids", ["time"], { dtype: "int" })).toMatchObject({ shape: ["batch", "time"], dtype: "int" });
});

test.each([
  [() => input(), "bad-parameter", "input needs name; it must be a string"],
  [
    () => input("two words", []),
    "bad-parameter",
    'input: name must be a letter, then letters, digits and _ (64 at most), but it is "two words"',
  ],
  [() => input("x"), "bad-parameter", "input needs shape; it must be a list"],
  [() => input("x", [3, -1]), "bad-parameter", "input: shape[1] must be at least 1, but it is -1"],
  [
    () => input("x", ["batch"]),
    "bad-parameter",
    'input: shape[0] must be a name such as "time" (not "batch": that axis is added), but it is "batch"',
  ],
  [
    () => input("x", [null]),
    "bad-parameter",
    'input: shape[0] must be a whole number of at least 1, or a name such as "time", but it is null',
  ],
  [
    () => input("x", [3], { dtype: "int32" }),
    "bad-parameter",
    'input: dtype must be "float" or "int", but it is "int32"',
  ],
  [() => input("x", [3], { dtpe: "int" }), "unknown-option", 'input has no option "dtpe". Did you mean "dtype"?'],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence, at: expect.stringMatching(/^input\.test\.ts:\d+$/) });
});
