import type { Mistake } from "./mistake.ts";

/** Experiments, data, runs and predictions. */
export const training: readonly Mistake[] = [
  { title: "neither epochs nor steps", code: "experiment(digits, { data: data.mnist() });", onlyWhenRun: true },
  {
    title: "epochs and steps",
    code: "experiment(digits, { data: data.mnist(), epochs: 3, steps: 100 });",
    onlyWhenRun: true,
  },
  { title: "a misspelt option of train", code: "await train(digits, { data: data.mnist(), epoch: 3 });" },
  { title: "train without data", code: "await train(digits, { epochs: 3 });" },
  {
    title: "an optimizer by its name",
    code: 'experiment(digits, { data: data.mnist(), epochs: 3, optimizer: "adam" });',
  },
  {
    title: "an optimizer that is not called",
    code: "experiment(digits, { data: data.mnist(), epochs: 3, optimizer: adamw });",
  },
  { title: "a misspelt option of an optimizer", code: "adamw({ lr: 1e-3 });" },
  { title: "a learning rate as text", code: 'sgd({ learningRate: "1e-3" });' },
  {
    title: "a schedule in place of an optimizer",
    code: "experiment(digits, { data: data.mnist(), epochs: 3, optimizer: cosine({ peak: 1e-3 }) });",
  },
  { title: "an option of another schedule", code: "warmupCosine({ peak: 1e-3, warmup: 200 });" },
  {
    title: "early stopping by a misspelt metric",
    code: 'experiment(digits, { data: data.mnist(), epochs: 3, earlyStopping: { metric: "val/digit/acuracy" } });',
  },
  {
    title: "a metric of validation without validation data",
    code: 'const rows = data.arrays({ image: [new Array(28).fill(new Array(28).fill([0]))], digit: [7] });\nexperiment(digits, { data: rows, epochs: 3, earlyStopping: { metric: "val/loss" } });',
  },
  {
    title: "a column that has another name than the head",
    code: 'const files = { image: "images.gz", label: "labels.gz" };\nexperiment(digits, { data: data.idx({ train: files }), epochs: 3 });',
    onlyWhenRun: true,
  },
  {
    title: "rows of another length",
    code: "const net = model({ inputs: { row }, heads: { price: head.regression(row) } });\nexperiment(net, { data: data.arrays({ row: [[1, 2, 3]], price: [1] }), epochs: 3 });",
    onlyWhenRun: true,
  },
  {
    title: "a label that is no class",
    code: "const net = model({ inputs: { row }, heads: { kind: head.classification(row, { classes: 3 }) } });\nexperiment(net, { data: data.arrays({ row: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]], kind: [3] }), epochs: 3 });",
    onlyWhenRun: true,
  },
  {
    title: "a misspelt option of csv",
    code: 'data.csv("houses.csv", { features: { row: ["rooms"] }, targets: { price: "price" }, seperator: ";" });',
  },
  {
    title: "a misspelt kind of column",
    code: 'data.csv("houses.csv", { features: { city: { column: "city", kind: "categorical" } }, targets: { price: "price" } });',
  },
  {
    title: "fewer columns than the input has features",
    code: 'const net = model({ inputs: { row }, heads: { price: head.regression(row) } });\nconst houses = data.csv("houses.csv", { features: { row: ["area", "rooms"] }, targets: { price: "price" } });\nexperiment(net, { data: houses, epochs: 3 });',
    onlyWhenRun: true,
  },
  {
    title: "a pattern of frozen weights that fits none",
    code: 'experiment(digits, { data: data.mnist(), epochs: 3, freeze: "encoder*" });',
    onlyWhenRun: true,
  },
  {
    title: "a misspelt metric of an event",
    code: 'for await (const event of run) if (event.type === "epoch") console.log(event.metrics["val/digit/acuracy"]);',
    onlyInEditor: true,
  },
  {
    title: "a metric of validation at a step",
    code: 'for await (const event of run) if (event.type === "step") console.log(event.metrics["val/loss"]);',
    onlyInEditor: true,
  },
  {
    title: "a misspelt type of event",
    code: 'for await (const event of run) if (event.type === "epochs") console.log(event);',
    onlyInEditor: true,
  },
  { title: "predict with a misspelt input", code: "await trained.predict({ img: new Uint8Array(784) });" },
  { title: "predict with a path", code: 'await trained.predict({ image: "seven.png" });' },
  {
    title: "predict with too few numbers",
    code: "await trained.predict({ image: new Uint8Array(28) });",
    onlyWhenRun: true,
  },
  {
    title: "an output that no head has",
    code: "const { label } = await trained.predict({ image: new Uint8Array(784) });",
    onlyInEditor: true,
  },
  { title: "a batch size as text", code: 'experiment(digits, { data: data.mnist(), epochs: 3, batchSize: "64" });' },
  {
    title: "parts that do not divide the batch",
    code: "experiment(digits, { data: data.mnist(), epochs: 3, batchSize: 64, accumulate: 5 });",
    onlyWhenRun: true,
  },
  {
    title: "a misspelt option of a group of weights",
    code: 'experiment(digits, { data: data.mnist(), epochs: 3, groups: [{ match: "*/bias", weigthDecay: 0 }] });',
  },
  { title: "train of a block", code: "await train(graph.dense(64).relu(), { data: data.mnist(), epochs: 3 });" },
];
