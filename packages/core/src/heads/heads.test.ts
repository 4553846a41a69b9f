import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { createValues, graph, head, heads, rolesOf } from "../index.ts";

const row = graph.input("row", [8]);
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
  });
});

const refused: readonly (readonly [keyof typeof head, unknown, unknown, string, string])[] = [
  ["classification", row, {}, "bad-parameter", "head.classification needs classes"],
  ["classification", row, { classes: 1 }, "bad-parameter", "classes must be at least 2"],
  ["classification", row, { classes: 3, metrics: ["acuracy"] }, "unknown-metric", 'Did you mean "accuracy"?'],
  ["classification", row, { classes: 3, metrics: ["top0"] }, "unknown-metric", "top0"],
  ["classification", row, { classes: 3, metrics: ["top2.5"] }, "unknown-metric", "top2.5"],
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
  ["regression", row, { loss: "mae" }, "bad-parameter", "loss must be"],
  [
    "regression",
    graph.input("image", [4, 4, 1]),
    {},
    "head-features",
    "needs [batch, features], but its features are [batch, 4, 4, 1]",
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
  const { labels, probabilities } = heads.classification.read(values) as any;
  expect([...labels]).toEqual([1, 0]);
  expect([...probabilities.row(-1)]).toEqual([...Float32Array.of(0.4, 0.2, 0.4)]);
  expect(() => probabilities.row(2)).toThrow(RangeError);
  expect(() => createValues(new Float32Array(5), [2, 3])).toThrow("5 numbers do not fill the shape [2, 3]");
});
