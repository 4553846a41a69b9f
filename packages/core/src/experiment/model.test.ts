import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { graph, head, model } from "../index.ts";

const image = graph.input("image", [4]);
const other = graph.input("other", [4]);
const untyped = model as (specification: unknown) => unknown;
const heads = { y: head.regression(image.dense(3)) };

const refused: readonly (readonly [string, unknown, string, string])[] = [
  ["an unused input", { inputs: { image, other }, heads }, "unused-input", 'input "other" is not used'],
  [
    "an input under another name",
    { inputs: { picture: image }, heads },
    "input-name",
    'input "image" is listed as "picture"',
  ],
  [
    "an input that is not listed",
    { inputs: { other }, heads },
    "input-not-listed",
    'depends on input "image", which is not in inputs',
  ],
  [
    "an input made twice",
    { inputs: { image: graph.input("image", [4]) }, heads },
    "input-not-listed",
    "Was it made twice?",
  ],
  ["a node as input", { inputs: { image: image.relu() }, heads }, "not-an-input", "inputs.image is the output of relu"],
  ["a number as input", { inputs: { image: 3 }, heads }, "not-an-input", "inputs.image is no tensor"],
  ["no heads", { inputs: {}, heads: {} }, "no-heads", "has no heads"],
  ["a tensor as head", { inputs: { image }, heads: { y: image } }, "not-a-head", 'head "y" is no head'],
  ["nothing as head", { inputs: { image }, heads: { y: undefined } }, "not-a-head", 'head "y" is no head'],
  ["a head called val", { inputs: { image }, heads: { val: heads.y } }, "duplicate-name", "val"],
  ["a head called test", { inputs: { image }, heads: { test: heads.y } }, "duplicate-name", "metrics of test data"],
  ["a bad name", { name: "my net", inputs: { image }, heads }, "bad-parameter", "name must be a letter"],
  ["a misspelt key", { inputs: { image }, head: heads }, "unknown-option", 'Did you mean "heads"?'],
];

test.each(refused)("%s is refused", (_, specification, code, words) => {
  const error = thrown(() => untyped(specification));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
});

test("errors point at the call that is to be changed", () => {
  expect(thrown(() => untyped({ inputs: { image, other }, heads })).site?.line).toBe(6);
  expect(thrown(() => untyped({ inputs: { image }, heads: {}, nam: 1 })).site?.file).toMatch(/model\.test\.ts$/);
});

test("a model is frozen and says what it has", () => {
  const net = model({ inputs: { image }, heads });
  expect(Object.isFrozen(net)).toBe(true);
  expect(net).toMatchObject({ name: "model", metricNames: ["loss", "y/loss"], parameterCount: 4 * 3 + 3 + 3 + 1 });
  expect(net.toJSON()).toEqual({ flaxen: 1, model: net.document });
});
