import type { Equal, Expect } from "../../test/expect.ts";
import {
  adam,
  type Binary,
  type Classes,
  cosine,
  type Data,
  data,
  type Experiment,
  experiment,
  fromJSON,
  type Gaussian,
  graph,
  head,
  type Labels,
  type Model,
  model,
  type OutputsOf,
  sgd,
  type Tensor,
  type Values,
} from "../index.ts";

const image = graph.input("image", [28, 28, 1]);
const ids = graph.input("ids", [16], { dtype: "int" });
const features = image.flatten().dense(128).relu();

const digits = model({
  inputs: { image },
  heads: {
    digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top5"] }),
    angle: head.regression(features, { metrics: ["rmse"], weight: 0.1 }),
    corners: head.regression(features, { outputs: 8 }),
  },
});
type Names = "loss" | "digit/loss" | "digit/accuracy" | "digit/top5" | "angle/loss" | "angle/rmse" | "corners/loss";
type Digits = Model<
  { readonly image: Tensor<["batch", 28, 28, 1]> },
  Names,
  { readonly digit: Classes<10>; readonly angle: Values<["batch", 1]>; readonly corners: Values<["batch", 8]> }
>;

const plain = experiment(digits, { data: data.csv("a.csv", { features: {}, targets: {} }), epochs: 1 });
const validated = experiment(digits, { data: data.mnist(), steps: 1 });
const tested = experiment(digits, { data: data.mnist({ validation: 0.1, test: true }), steps: 1 });
const onlyTested = experiment(digits, { data: data.idx({ train: {}, test: 0.1 }), steps: 1 });
declare const share: number | undefined;
const maybe = data.idx({ train: {}, validation: share });

const uncertain = model({
  inputs: { image },
  heads: {
    angle: head.regression(features, { outputs: 2, loss: "gaussianNll", metrics: ["rmse"] }),
    size: head.regression(features, { loss: "huber" }),
  },
});

export type Results = [
  Expect<
    Equal<
      typeof uncertain,
      Model<
        { readonly image: Tensor<["batch", 28, 28, 1]> },
        "loss" | "angle/loss" | "angle/rmse" | "size/loss",
        { readonly angle: Gaussian<["batch", 2]>; readonly size: Values<["batch", 1]> }
      >
    >
  >,
  Expect<Equal<typeof digits, Digits>>,
  Expect<Equal<typeof plain, Experiment<Digits, Names>>>,
  Expect<Equal<typeof validated, Experiment<Digits, Names | `val/${Names}`>>>,
  Expect<Equal<typeof maybe, Data<boolean, false>>>,
  Expect<Equal<(typeof tested)["metrics"][number], Names | `val/${Names}` | `test/${Names}`>>,
  Expect<Equal<(typeof onlyTested)["metrics"][number], Names | `test/${Names}`>>,
  Expect<Equal<(typeof validated)["metrics"][number], Names | `val/${Names}`>>,
];

experiment(digits, { data: data.mnist(), epochs: 1, reduceOnPlateau: { metric: "val/angle/rmse" } });
experiment(digits, {
  data: data.csv("a.csv", { features: {}, targets: {} }),
  epochs: 1,
  // @ts-expect-error: nothing to validate on
  reduceOnPlateau: { metric: "val/loss" },
});

// Validation data, or none.
export const datas: [Data<true>, Data<true>, Data<true>, Data<true>, Data<true>, Data<true>] = [
  data.digits(),
  data.mnist({ validation: 0.1 }),
  data.idx({ train: { image: "a" }, validation: { image: "b" } }),
  data.idx({ train: { image: "a" }, validation: 0.1 }),
  data.arrays({ image: [[1, 2]] }, { validation: 0.2 }),
  data.csv("a.csv", { features: { x: "a" }, targets: { y: "b" }, validation: "b.csv" }),
];
export const tests: [Data<true, true>, Data<true, true>, Data<false, true>, Data<false, true>, Data<false, true>] = [
  data.digits({ test: 0.1 }),
  data.mnist({ validation: 0.1, test: true }),
  data.idx({ train: { image: "a" }, test: { image: "b" } }),
  data.arrays({ image: [[1, 2]] }, { test: { ratio: 0.2, group: ["a"] } }),
  data.csv("a.csv", { features: { x: "a" }, targets: { y: "b" }, test: { column: "part", value: "test" } }),
];
// @ts-expect-error MNIST's own test images cannot test and validate
data.mnist({ test: true });
// @ts-expect-error the test is known at the end only
experiment(digits, { data: data.digits({ test: 0.1 }), epochs: 1, earlyStopping: { metric: "test/loss" } });
export const without: [Data<false>, Data<false>] = [data.idx({ train: {} }), data.arrays({})];

// Predictions.
declare const digit: Classes<10>;
declare const corners: Values<["batch", 8]>;
export const label: number | undefined = digit.labels[0];
export const row: Float32Array = digit.probabilities.row(-1);
export type Shapes = [
  Expect<Equal<typeof digit.probabilities.shape, readonly [number, 10]>>,
  Expect<Equal<typeof corners.shape, readonly [number, 8]>>,
];

// Metric names in options.
experiment(digits, { data: data.mnist(), epochs: 1, earlyStopping: { metric: "val/digit/top5", mode: "max" } });
experiment(digits, { data: data.idx({ train: {} }), epochs: 1, earlyStopping: { metric: "angle/rmse" } });
// @ts-expect-error a misspelt metric
experiment(digits, { data: data.mnist(), epochs: 1, earlyStopping: { metric: "val/digit/acuracy" } });
// @ts-expect-error a metric that was not asked for
experiment(digits, { data: data.mnist(), epochs: 1, earlyStopping: { metric: "angle/r2" } });
// @ts-expect-error nothing to validate on
experiment(digits, { data: data.idx({ train: {} }), epochs: 1, earlyStopping: { metric: "val/loss" } });
// @ts-expect-error a misspelt option
experiment(digits, { data: data.mnist(), epocs: 1 });
// @ts-expect-error an optimizer is no schedule
adam({ learningRate: sgd() });
// @ts-expect-error a schedule is no optimizer
experiment(digits, { data: data.mnist(), epochs: 1, optimizer: cosine({ peak: 1 }) });
// @ts-expect-error a misspelt option of an optimizer
sgd({ momentun: 0.9 });
// @ts-expect-error a misspelt option of data
data.mnist({ validaton: 0.1 });

// Heads.
// @ts-expect-error a metric of another kind of head
head.classification(features, { classes: 10, metrics: ["rmse"] });
// @ts-expect-error a misspelt metric
head.classification(features, { classes: 10, metrics: ["acuracy"] });
head.classification(features, { classes: 10, metrics: ["f1.5:9", "f2:0"] });
// @ts-expect-error "f1.5:10 asks for class 10"
head.classification(features, { classes: 10, metrics: ["f1.5:10"] });
// @ts-expect-error of which class
head.classification(features, { classes: 10, metrics: ["f2"] });
head.binary(features, { metrics: ["f2", "f0.25"] });
// @ts-expect-error "top10 is always 1 with 10 classes"
head.classification(features, { classes: 10, metrics: ["top10"] });
// @ts-expect-error logits of 10 classes need 10 features
head.classification(features, { classes: 10, logits: true });
head.classification(features.dense(10), { classes: 10, logits: true });
// @ts-expect-error classes are missing
head.classification(features, {});
// @ts-expect-error one set of labels for each row only
head.multiLabel(image, { classes: 10 });
// @ts-expect-error whole numbers are no features
head.classification(ids, { classes: 10 });
// @ts-expect-error a block has no shape yet
head.regression(graph.dense(3));
// @ts-expect-error no such loss
head.regression(features, { loss: "crossEntropy" });
// @ts-expect-error "recall:10 asks for class 10"
head.classification(features, { classes: 10, metrics: ["recall:10"] });
// @ts-expect-error tokens are whole numbers
head.nextToken(ids.embedding({ vocab: 9, features: 4 }), { of: image, vocab: 9 });
// @ts-expect-error a decoder learns from floats
head.reconstruction(features, { of: ids });

// Positions: what is predicted has the features' axes.
const hidden = ids.embedding({ vocab: 9, features: 4 });
const positional = {
  tag: head.classification(hidden, { classes: 5, metrics: ["accuracy", "recall:2"] }),
  next: head.nextToken(hidden, { of: ids, vocab: 9, metrics: ["perplexity"] }),
  inside: head.binary(image, { metrics: ["rocAuc"] }),
  same: head.binary(features),
  topics: head.multiLabel(features, { classes: 7 }),
  depth: head.regression(image, { outputs: 2 }),
  again: head.reconstruction(image.dense(2), { of: image }),
  named: head.reconstruction(image.dense(2), { of: "image" }),
};
export type Outputs = [
  Expect<
    Equal<
      OutputsOf<typeof positional>,
      {
        readonly tag: Classes<5, [16]>;
        readonly next: Classes<9, [16]>;
        readonly inside: Binary<[28, 28]>;
        readonly same: Binary<[]>;
        readonly topics: Labels<7>;
        readonly depth: Values<["batch", 28, 28, 2]>;
        readonly again: Values<["batch", 28, 28, 1]>;
        readonly named: Values;
      }
    >
  >,
];

// Inputs and heads under names that are known only at run time.
declare const names: readonly string[];
const many = model({
  inputs: { image },
  heads: Object.fromEntries(names.map((name) => [name, head.regression(features, { metrics: ["r2"] })])),
});
export type Many = [Expect<Equal<(typeof many)["metricNames"][number], "loss" | `${string}/loss` | `${string}/r2`>>];
// @ts-expect-error a head is no input
model({ inputs: { image: head.regression(features) }, heads: {} });

// What is read from JSON has names that are known only at run time.
const read: Experiment = fromJSON({});
export const wider: Experiment = validated;
export const name: string = read.metrics[0]!;
