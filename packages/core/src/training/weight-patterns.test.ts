import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import {
  adam,
  adamw,
  data,
  type ExperimentOptions,
  experiment,
  fitsPattern,
  fromJSON,
  graph,
  head,
  linear,
  model,
  sgd,
} from "../index.ts";

test.each([
  ["encoder1", "encoder1/dense1/kernel", true],
  ["encoder1/dense1", "encoder1/dense1/kernel", true],
  ["encoder*", "encoder1/dense1/kernel", true],
  ["encoder?/dense1", "encoder1/dense1/kernel", true],
  ["*/bias", "encoder1/dense1/bias", true],
  ["*kern*", "dense1/kernel", true],
  ["a*b*c", "aXbXc", true],
  ["a*a", "a", false],
  ["dense", "dense1/kernel", false],
  ["*/dense1", "dense1/kernel", false],
  ["den.e1", "dense1/kernel", false],
  ["kernel", "dense1/kernel", false],
])("%s and %s: %s", (pattern, name, fits) => {
  expect(fitsPattern(pattern)(name)).toBe(fits);
});

test("a hostile pattern takes no time", () => {
  const started = performance.now();
  expect(fitsPattern("*a".repeat(90))(`${"a".repeat(5000)}b`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});

const x = graph.input("x", [4]);
const net = model({
  inputs: { x },
  heads: { price: head.regression(x.dense(3, { name: "trunk" }).batchNorm({ name: "norm" })) },
});
const source = data.idx({ train: { x: "x", price: "y" } });
const made = (options: Partial<ExperimentOptions>) =>
  experiment(net, { data: source, steps: 1, ...options } as never).document.training;

test("groups hold the whole of their optimizer, and documents without them are as they were", () => {
  const { freeze, groups } = made({
    optimizer: adamw({ learningRate: linear({ peak: 0.1 }), b1: 0.8 }),
    freeze: "norm",
    groups: [
      { match: "price", learningRate: 0.3, weightDecay: 0 },
      { match: ["trunk/*"], optimizer: sgd() },
    ],
  });
  expect(freeze).toEqual(["norm"]);
  expect(groups).toEqual([
    {
      match: ["price"],
      optimizer: { type: "adamw", params: { ...adamw({ learningRate: 0.3, b1: 0.8, weightDecay: 0 }).params } },
    },
    { match: ["trunk/*"], optimizer: { type: "sgd", params: { ...sgd().params } } },
  ]);
  const kept = made({ optimizer: adam({ learningRate: linear({ peak: 0.1 }) }), groups: [{ match: "price" }] });
  expect(kept.groups![0]!.optimizer).toEqual(kept.optimizer);
  const added = ["freeze", "groups", "accumulate", "averageWeights", "clipValue", "weights"];
  expect(Object.keys(made({})).filter((key) => added.includes(key))).toEqual([]);
});

test("a document with all of it is read again as it was written", () => {
  const document = experiment(net, {
    data: source,
    steps: 1,
    freeze: ["trunk/kernel"],
    groups: [{ match: "price", learningRate: 0.3 }],
    accumulate: 4,
    averageWeights: 0.99,
    clipValue: 0.5,
  });
  expect(fromJSON(JSON.parse(JSON.stringify(document))).hash).toBe(document.hash);
});

test.each<readonly [Partial<ExperimentOptions>, string, string]>([
  [{ freeze: "trunc" }, "unknown-weight", 'freeze: "trunc" fits no weight of the model. Did you mean "trunk"?'],
  [{ freeze: ["trunk", "zzz*"] }, "unknown-weight", "Known: trunk, norm, price."],
  [{ freeze: "norm/mean" }, "unknown-weight", "fits only statistics"],
  [{ freeze: "*" }, "bad-parameter", "nothing is left to learn"],
  [{ groups: [{ match: "head" }] }, "unknown-weight", 'groups[0]: "head" fits no weight'],
  [{ freeze: "price", groups: [{ match: "price" }] }, "bad-parameter", "frozen or in a group before it"],
  [{ groups: [{ match: "*" }, { match: "price" }] }, "bad-parameter", "groups[1]: every weight that it fits"],
  [{ optimizer: sgd(), groups: [{ match: "price", weightDecay: 1 }] }, "bad-parameter", "sgd has no weightDecay"],
  [{ groups: [{ match: "price", learningRate: -1 }] }, "bad-parameter", "learningRate must be at least 0"],
  [{ accumulate: 3 }, "bad-parameter", "a batch of 32 rows cannot be read in 3 equal parts"],
  [{ accumulate: 1 }, "bad-parameter", "accumulate must be at least 2"],
  [{ averageWeights: 1 }, "bad-parameter", "averageWeights must be less than 1"],
  [{ clipValue: 0 }, "bad-parameter", "clipValue"],
  [{ weights: "file" as never }, "bad-parameter", "must be weights, such as await loadWeights(model, path)"],
])("%o is refused", (options, code, words) => {
  const error = thrown(() => made(options));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
});
