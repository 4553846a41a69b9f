import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import {
  createValues,
  data,
  expectationsOf,
  experiment,
  type Gaussian,
  graph,
  head,
  heads,
  model,
  modelFromJSON,
  rolesOf,
} from "../index.ts";

const row = graph.input("row", [8]);
const table = graph.input("table", [4, 3]);
const ids = graph.input("ids", [4], { dtype: "int" });
const embedded = ids.embedding({ vocab: 9, features: 2 });
const untyped = head as unknown as Record<keyof typeof head, (features: unknown, options?: unknown) => unknown>;

test("parameters are in normal form: the loss and the defaults are written out", () => {
  expect(head.classification(row, { classes: 3 }).params).toEqual({
    classes: 3,
    loss: "crossEntropy",
    metrics: [],
    logits: false,
  });
  expect(head.regression(row).params).toEqual({ outputs: 1, loss: "mse", metrics: [] });
  expect(head.classification(row, { classes: 9, metrics: ["top3", "accuracy"] }).metrics).toEqual([
    "loss",
    "top3",
    "accuracy",
  ]);
});

test("weights and smoothing are dynamic, sizes are shapes", () => {
  expect(rolesOf(heads.classification.parameters)).toEqual({
    classes: "shape",
    loss: "structure",
    metrics: "structure",
    weight: "dynamic",
    logits: "structure",
    labelSmoothing: "dynamic",
    classWeights: "structure",
    gamma: "dynamic",
    smooth: "dynamic",
    alpha: "dynamic",
    beta: "dynamic",
  });
});

const refused: readonly (readonly [keyof typeof head, unknown, unknown, string, string])[] = [
  [
    "classification",
    row,
    { classes: 3, loss: "dice" },
    "head-features",
    "minimises dice for features [batch, ..., features], but",
  ],
  ["binary", row, { loss: "tversky" }, "head-features", "minimises tversky for features [batch, ..., features], but"],
  ["binary", table, { smooth: 1 }, "bad-parameter", 'smooth belongs to the loss "dice" or "jaccard" or "tversky"'],
  ["binary", table, { loss: "jaccard", alpha: 1 }, "bad-parameter", 'alpha belongs to the loss "tversky"'],
  ["binary", table, { loss: "dice", smooth: 0 }, "bad-parameter", "smooth must be more than 0"],
  [
    "classification",
    table,
    { classes: 3, loss: "dice", classWeights: [1, 2, 3] },
    "bad-parameter",
    "classWeights belongs to",
  ],
  ["regression", row, { loss: "rmse" }, "head-features", 'of 1 output that is the loss "mae"'],
  [
    "regression",
    row,
    { loss: "kl" },
    "bad-parameter",
    "the loss kl compares distributions, so outputs must be at least 2",
  ],
  ["classification", row, {}, "bad-parameter", "head.classification needs classes"],
  ["classification", row, { classes: 1 }, "bad-parameter", "classes must be at least 2"],
  ["classification", row, { classes: 3, metrics: ["acuracy"] }, "unknown-metric", 'Did you mean "accuracy"?'],
  ["classification", row, { classes: 3, metrics: ["top0"] }, "unknown-metric", "top0"],
  ["classification", row, { classes: 3, metrics: ["top2.5"] }, "unknown-metric", "top2.5"],
  ["classification", row, { classes: 3, metrics: ["f2"] }, "unknown-metric", "f2"],
  ["classification", row, { classes: 3, metrics: ["f1.5:3"] }, "bad-parameter", "f1.5:3 asks for class 3"],
  ["binary", row, { metrics: ["f0"] }, "unknown-metric", "f0"],
  ["binary", row, { metrics: ["f1.50"] }, "unknown-metric", "f1.50"],
  ["binary", row, { metrics: [`f${"9".repeat(400)}`] }, "unknown-metric", "f999"],
  ["binary", row, { metrics: ["f2:0"] }, "unknown-metric", "f2:0"],
  ["regression", row, { metrics: ["mase"] }, "head-features", "reports mase for features [batch, time, features]"],
  ["classification", row, { classes: 3, metrics: ["top3"] }, "bad-parameter", "top3 is always 1 with 3 classes"],
  ["classification", row, { classes: 3, metrics: ["accuracy", "accuracy"] }, "bad-parameter", "each metric once"],
  [
    "classification",
    row,
    { classes: 3, logits: true },
    "head-features",
    "needs 3 features for the logits of 3 classes, but [batch, 8] has 8",
  ],
  ["classification", row, { classes: 3, labelSmoothing: 1 }, "bad-parameter", "labelSmoothing must be less than 1"],
  ["classification", row, { classes: 3, wieght: 1 }, "unknown-option", 'Did you mean "weight"?'],
  ["regression", row, { weight: -1 }, "bad-parameter", "weight must be at least 0"],
  ["regression", row, { loss: "hinge" }, "bad-parameter", 'loss must be "mse"'],
  ["regression", row, { loss: "mae", delta: 2 }, "bad-parameter", 'delta belongs to the loss "huber"'],
  ["regression", row, { loss: "cosine" }, "bad-parameter", "outputs must be at least 2"],
  ["regression", row, { loss: "quantile", quantile: 1 }, "bad-parameter", "quantile must be less than 1"],
  ["classification", row, { classes: 3, gamma: 1 }, "bad-parameter", 'gamma belongs to the loss "focal"'],
  ["classification", row, { classes: 3, classWeights: [1, 2] }, "bad-parameter", "2 weights, but there are 3 classes"],
  [
    "classification",
    row,
    { classes: 3, classWeights: "even" },
    "bad-parameter",
    'numbers of at least 0, or "balanced"',
  ],
  ["classification", row, { classes: 3, metrics: ["recall:3"] }, "bad-parameter", "recall:3 asks for class 3"],
  ["classification", row, { classes: 3, metrics: ["f0x5:1"] }, "unknown-metric", "f0x5:1"],
  ["multiLabel", row, { classes: 3, metrics: ["f2:3"] }, "bad-parameter", "f2:3 asks for class 3"],
  ["regression", row, { metrics: ["cosineSimilarity"] }, "bad-parameter", "outputs must be at least 2"],
  ["classification", row, { classes: 3, metrics: ["recall:x"] }, "unknown-metric", "recall:x"],
  ["classification", row, { classes: 3, metrics: ["sequenceAccuracy"] }, "head-features", "use accuracy"],
  ["binary", row, { logits: true }, "head-features", "needs 1 feature for the logit of two classes"],
  ["binary", row, { loss: "hinge", posWeight: 2 }, "bad-parameter", 'posWeight belongs to the loss "bce" or "focal"'],
  ["binary", row, { metrics: ["auc"] }, "unknown-metric", "auc"],
  [
    "multiLabel",
    graph.input("image", [4, 4, 1]),
    { classes: 2 },
    "head-features",
    "needs [batch, features], but its features are [batch, 4, 4, 1]",
  ],
  ["nextToken", row, { of: "row", vocab: 9 }, "head-features", "needs [batch, time, features]"],
  ["nextToken", table, { of: "ids", vocab: 9 }, "head-features", 'an input that the features are made of: "table"'],
  ["nextToken", table, { of: "tabel", vocab: 9 }, "head-features", 'of is "tabel", but it must be an input'],
  [
    "nextToken",
    table,
    { of: "table", vocab: 9 },
    "head-features",
    'needs whole numbers, but its input "table" is float',
  ],
  ["nextToken", embedded, { of: ids }, "bad-parameter", "head.nextToken needs vocab"],
  ["nextToken", embedded.add(embedded), { of: embedded, vocab: 9 }, "head-features", "of is a tensor that is no input"],
  ["reconstruction", row.dense(3), {}, "head-features", "of is undefined"],
  ["reconstruction", embedded, { of: ids }, "head-features", "use head.nextToken"],
  [
    "reconstruction",
    table.flatten(),
    { of: table },
    "head-features",
    'needs [batch, 4, features] to give "table" again, but its features are [batch, 12]',
  ],
  [
    "regression",
    graph.input("ids", [4], { dtype: "int" }),
    {},
    "head-features",
    "needs float, but its features are int",
  ],
  ["regression", graph.input("text", ["time"]), {}, "head-features", "needs a known number of features"],
  ["regression", graph.dense(3), {}, "head-features", "needs a tensor"],
];

test.each(refused)("head.%s of %o with %o is refused", (type, features, options, code, words) => {
  const error = thrown(() => untyped[type](features, options));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/heads\.test\.ts$/);
});

test("a classification reads probabilities as labels; equal ones go to the first", () => {
  const values = createValues(Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4), [2, 3]);
  const { labels, probabilities } = heads.classification.read(values, {} as never) as any;
  expect([...labels]).toEqual([1, 0]);
  expect([...probabilities.row(-1)]).toEqual([...Float32Array.of(0.4, 0.2, 0.4)]);
  expect(() => probabilities.row(2)).toThrow(RangeError);
  expect(() => createValues(new Float32Array(5), [2, 3])).toThrow("5 numbers do not fill the shape [2, 3]");
});

test("defaults of a loss are written out where it is chosen", () => {
  expect(head.regression(row, { loss: "huber" }).params).toMatchObject({ loss: "huber", delta: 1 });
  expect(head.binary(row, { loss: "focal" }).params).toMatchObject({ loss: "focal", gamma: 2 });
  expect(head.nextToken(embedded, { of: ids, vocab: 9 }).params).toMatchObject({ of: "ids", vocab: 9 });
  expect(head.reconstruction(table.dense(7), { of: "table" }).params).toMatchObject({ of: "table", outputs: 3 });
});

test("positions are classified each by itself", () => {
  const values = createValues(Float32Array.of(0.1, 0.9, 0.6, 0.4, 0.5, 0.5), [1, 3, 2]);
  expect([...(heads.classification.read(values, {} as never) as any).labels]).toEqual([1, 0, 0]);
  expect([...(heads.binary.read(values, {} as never) as any).labels]).toEqual([0, 1, 1, 0, 0, 0]);
});

test("means and variances are read apart, of rows and of positions", () => {
  const { params } = head.regression(row, { outputs: 2, loss: "gaussianNll" });
  const values = createValues(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 4]);
  const read = heads.regression.read(values, params as never) as Gaussian;
  expect([read.shape, [...read.data], [...read.row(1)]]).toEqual([
    [2, 2],
    [1, 2, 5, 6],
    [5, 6],
  ]);
  expect([read.variance.shape, [...read.variance.data]]).toEqual([
    [2, 2],
    [3, 4, 7, 8],
  ]);
  const positions = createValues(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [1, 4, 2]);
  const one = head.regression(table, { loss: "gaussianNll" }).params;
  expect([...(heads.regression.read(positions, one as never) as Gaussian).variance.data]).toEqual([2, 4, 6, 8]);
  expect(heads.regression.target({ outputs: 2 } as never, { shape: ["batch", 8] } as never)).toEqual({
    role: "target",
    outputs: 2,
  });
});

test("what a model's data must hold follows its heads", () => {
  const words = graph.input("words", ["time"], { dtype: "int" });
  const hidden = words.embedding({ vocab: 30, features: 4 });
  const net = model({
    inputs: { words, table },
    heads: {
      tag: head.classification(hidden, { classes: 5, classWeights: "balanced" }),
      same: head.binary(table.flatten()),
      topics: head.multiLabel(table.flatten(), { classes: 6 }),
      depth: head.regression(table, { outputs: 2 }),
      next: head.nextToken(hidden, { of: words, vocab: 20 }),
      again: head.reconstruction(table.dense(2), { of: table }),
    },
  });
  expect(expectationsOf(net.document)).toEqual({
    words: { role: "input", shape: ["time"], dtype: "int", below: 20 },
    table: { role: "input", shape: [4, 3], dtype: "float" },
    tag: { role: "label", classes: 5, shape: ["time"], balanced: true },
    same: { role: "label", classes: 2 },
    topics: { role: "labels", classes: 6 },
    depth: { role: "target", outputs: 2, shape: [4, 2] },
  });
  expect(net.weights).toMatchObject({ "again/kernel": { shape: [2, 3] }, "next/kernel": { shape: [4, 20] } });
});

test("a document's head may only learn from an input of its model", () => {
  const net = model({ inputs: { table }, heads: { again: head.reconstruction(table.dense(2), { of: table }) } });
  const broken = (params: object) => {
    const document = structuredClone(net.toJSON()) as any;
    Object.assign(document.model.heads[0].params, params);
    return thrown(() => modelFromJSON(document)).message;
  };
  expect(broken({ of: "dense1" })).toContain('learns from the input "dense1", which the model does not have');
  expect(broken({ outputs: 4 })).toContain('has 4 outputs, but its input "table" is [batch, 4, 3]');
});

const tagging = () => {
  const net = model({ inputs: { ids }, heads: { tag: head.classification(embedded, { classes: 3 }) } });
  const bind = (tag: readonly (number | readonly number[])[]) =>
    data.arrays({ ids: [[1, 2, 3, 4]], tag }).bind(expectationsOf(net.document));
  return (tag: readonly (number | readonly number[])[]) => thrown(() => bind(tag)).message;
};

test.each([
  [[[0, 1, 2, 3]], "3 is none of the 3 classes, which are 0 to 2; -1 is a position that does not count"],
  [[[0, 1, 2, -2]], "-2 is none of the 3 classes"],
  [[[0, 1, 2]], "needs [4]"],
  [[2], "The head predicts for every position of its features: flatten them"],
])("labels %j of positions are refused", (tag, words) => {
  expect(tagging()(tag)).toContain(words);
});

test("several classes of a row are 0 or 1 each; an axis of one name is equally long everywhere", () => {
  const words = graph.input("words", ["time"], { dtype: "int" });
  const hidden = words.embedding({ vocab: 30, features: 4 });
  const heads = { topics: head.multiLabel(row, { classes: 2 }), tag: head.classification(hidden, { classes: 3 }) };
  const net = model({ inputs: { words, row }, heads });
  const good = { words: [[1, 2]], row: [[1, 2, 3, 4, 5, 6, 7, 8]], topics: [[0, 1]], tag: [[0, -1]] };
  const fit = (columns: object) =>
    experiment(net, { data: data.arrays({ ...good, ...columns }), steps: 1, batchSize: 1 });
  expect(fit({}).document.data.params.columns).toMatchObject({
    topics: { dtype: "float32", shape: [1, 2] },
    tag: { dtype: "int32", shape: [1, 2] },
  });
  expect(thrown(() => fit({ topics: [[0, 2]] })).message).toContain("row 0: 2 is neither 0 nor 1");
  expect(thrown(() => fit({ tag: [[0, 1, 2]] })).message).toContain(
    '"time" is 2 in column "words", but 3 in column "tag"',
  );
});
