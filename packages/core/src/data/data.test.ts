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
  const left = (rows: number, validation: number, test?: number) => trainRows(rows, { validation, test }, "data.x");
  expect([left(10, 0.25), left(14, 0.25), left(1_797, 0.2)]).toEqual([8, 10, 1_438]);
  expect([left(10, 0.25, 0.25), left(1_797, 0.2, 0.1)]).toEqual([6, 1_258]);
  expect(thrown(() => left(2, 0.2)).message).toContain("leaves 2 to train on and 0 to validate on");
  expect(thrown(() => left(2, 0.5, 0.2)).message).toContain("test 0.2 of 2 rows leaves 2 to train on and 0 to test on");
});

const image = graph.input("image", [28, 28, 1]);
const digit = model({ inputs: { image }, heads: { digit: head.classification(image.flatten(), { classes: 10 }) } });

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

test("rows to test on are told in the same forms as those that validate", () => {
  const table = csv({ validation: { fold: 1, of: 5 }, test: { column: "part", value: "last" } });
  expect(table.document.data.params).toMatchObject({ test: { column: "part", value: "last" } });
  expect(table.metrics.filter((name) => name.startsWith("test/"))).toEqual(["test/loss", "test/price/loss"]);
  const columns = (rows: number) => ({ rooms: new Float32Array(2 * rows), price: new Float32Array(2 * rows) });
  const arrays = data.arrays(columns(4), { test: columns(3) });
  expect([arrays.validation, arrays.test]).toEqual([false, true]);
  const split = data.arrays(columns(4), { validation: 0.25, test: { ratio: 0.25, group: ["a", "a", "b", "c"] } });
  const made = [arrays, split].map((one) => experiment(house, { data: one, epochs: 1, batchSize: 1 }).document);
  expect(made.map(({ data }) => data.params.test)).toMatchObject([
    { rooms: { shape: [3, 2] }, price: { shape: [3, 2] } },
    { ratio: 0.25, group: { shape: [4] } },
  ]);
  const rows = [{ a: 1, b: 2, c: 3, d: 4, who: "x" }];
  const options = { features: { rooms: ["a", "b"] }, targets: { price: ["c", "d"] } };
  const given = data.rows(rows, { ...options, test: rows, validation: { column: "who", value: "x" } });
  expect(given.bind({}).document.params.test).toMatchObject({ rows: 1 });
});

const refused: readonly (readonly [string, () => unknown, string, string])[] = [
  [
    "shares that leave nothing",
    () => csv({ validation: 0.5, test: { ratio: 0.5 } }),
    "bad-parameter",
    "validation 0.5 and test 0.5 are shares of all rows, so none is left to train on",
  ],
  [
    "a test by a head without classes",
    () => csv({ test: { ratio: 0.5, stratify: "price" } }),
    "bad-parameter",
    'test stratifies by "price", which is no head with a class for each row',
  ],
  [
    "MNIST's test images to test and to validate",
    () => experiment(digit, { epochs: 1, data: data.mnist({ test: true } as never) }),
    "bad-parameter",
    "test and cannot validate as well",
  ],
  [
    "early stopping by what is known at the end only",
    () =>
      experiment(house, {
        epochs: 1,
        data: data.arrays({ rooms: [[1, 2]], price: [[3, 4]] }, { test: { rooms: [[1, 2]], price: [[3, 4]] } }),
        batchSize: 1,
        earlyStopping: { metric: "test/loss" as never },
      }),
    "unknown-metric",
    '"test/loss"',
  ],
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
