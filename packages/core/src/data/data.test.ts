import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { data, expectationsOf, experiment, graph, head, model } from "../index.ts";
import { trainRows } from "./split.ts";

const words = graph.input("words", [4], { dtype: "int" });
const tags = graph.input("tags", [4], { dtype: "int" });
const area = graph.input("area", []);
const embed = graph.block("embed", graph.embedding({ vocab: 50, features: 3 }).flatten());
const features = words
  .flatten()
  .embedding({ vocab: 70, features: 3 })
  .flatten()
  .add(words.pipe(embed))
  .add(tags.embedding({ vocab: 9, features: 3 }).flatten());
const priced = graph.input("rooms", [2]);
const text = model({ inputs: { words, tags }, heads: { kind: head.classification(features, { classes: 3 }) } });
const house = model({ inputs: { rooms: priced }, heads: { price: head.regression(priced.dense(4), { outputs: 2 }) } });

test("an input of indices must stay below the smallest vocabulary that it meets, in blocks too", () => {
  expect(expectationsOf(text.document)).toEqual({
    words: { role: "input", shape: [4], dtype: "int", below: 50 },
    tags: { role: "input", shape: [4], dtype: "int", below: 9 },
    kind: { role: "label", classes: 3 },
  });
  expect(area.shape).toEqual(["batch"]);
});

test("the rows that are left to train on are those that Python's round leaves", () => {
  expect([trainRows(10, 0.25, "x"), trainRows(14, 0.25, "x"), trainRows(1_797, 0.2, "x")]).toEqual([8, 10, 1_438]);
  expect(thrown(() => trainRows(2, 0.2, "data.x")).message).toContain("leaves 2 to train on and 0 to validate on");
});

const csv = (options: object) =>
  experiment(house, {
    epochs: 1,
    data: data.csv("a.csv", { features: { rooms: ["a", "b"] }, targets: { price: ["c", "d"] }, ...options }),
  });

test("a table's columns are lists, as many as the model reads", () => {
  expect(csv({ validation: 0.1 }).document.data).toEqual({
    type: "csv",
    params: {
      path: "a.csv",
      features: { rooms: ["a", "b"] },
      targets: { price: ["c", "d"] },
      validation: 0.1,
      separator: ",",
      scaling: "standard",
    },
  });
});

const refused: readonly (readonly [string, () => unknown, string, string])[] = [
  [
    "a column too few",
    () => csv({ features: { rooms: "a" } }),
    "shape-mismatch",
    'rows of column "rooms" have the shape [1]',
  ],
  [
    "a target too few",
    () => csv({ targets: { price: "c" } }),
    "shape-mismatch",
    'the model\'s target of 2 numbers "price" needs [2]',
  ],
  [
    "an input among the targets",
    () => csv({ features: {}, targets: { rooms: ["a", "b"], price: ["c", "d"] } }),
    "bad-parameter",
    '"rooms" is an input: name its columns in features',
  ],
  [
    "the answer among the features",
    () => csv({ features: { rooms: ["a", "c"] } }),
    "bad-parameter",
    'column "c" is both a feature and a target',
  ],
  ["a separator of two letters", () => csv({ separator: "::" }), "bad-parameter", "separator"],
  ["a misspelt option", () => csv({ seperator: ";" }), "unknown-option", 'Did you mean "separator"?'],
  [
    "a head without a file",
    () => experiment(house, { epochs: 1, data: data.idx({ train: { rooms: "a" } }) }),
    "missing-column",
    'data.idx: train has no column "price"',
  ],
  [
    "a misspelt file",
    () => experiment(house, { epochs: 1, data: data.idx({ train: { rooms: "a", pric: "b" } }) }),
    "unknown-column",
    'Did you mean "price"?',
  ],
  [
    "MNIST for a house",
    () => experiment(house, { epochs: 1, data: data.mnist() }),
    "data-mismatch",
    "its images are [28, 28, 1]",
  ],
  [
    "digits for two inputs",
    () => experiment(text, { epochs: 1, data: data.digits() }),
    "data-mismatch",
    "the model has 2 inputs and 1 heads",
  ],
  ["all rows for validation", () => data.mnist({ validation: 1 }), "bad-parameter", "validation must be less than 1"],
];

test.each(refused)("%s is refused", (_, create, code, words) => {
  const error = thrown(create);
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/data\.test\.ts$/);
});

test("a model that learns from its image alone needs no labels of mnist", () => {
  const image = graph.input("image", [28, 28, 1]);
  const again = head.reconstruction(image.conv2d(2, { kernel: 3 }).relu(), { of: image });
  const net = model({ inputs: { image }, heads: { again } });
  expect(experiment(net, { data: data.mnist(), epochs: 1 }).document.data.type).toBe("mnist");
  const digit = head.classification(image.dense(3), { classes: 10 });
  const unflattened = model({ inputs: { image }, heads: { digit } });
  expect(() => experiment(unflattened, { data: data.mnist(), epochs: 1 })).toThrow("Flatten its features");
});
