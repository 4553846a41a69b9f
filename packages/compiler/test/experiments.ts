import {
  adam,
  adamw,
  type CompleteDocument,
  constant,
  cosine,
  data,
  type Experiment,
  experiment,
  graph,
  head,
  model,
  sgd,
  warmupCosine,
} from "@flaxen/core";

const ramp = (length: number, step: number, turn: number) =>
  Float32Array.from({ length }, (_, i) => ((i * step) % turn) / turn - 0.5);

/** The model of the first example: a small CNN for MNIST. */
export const mnistCnn = (): Experiment => {
  const image = graph.input("image", [28, 28, 1]);
  const features = image
    .conv2d(32, { kernel: 3 })
    .relu()
    .maxPool(2)
    .conv2d(64, { kernel: 3 })
    .relu()
    .maxPool(2)
    .flatten()
    .dense(128)
    .relu()
    .dropout(0.3);
  const digits = model({
    name: "digits",
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top5"] }) },
  });
  return experiment(digits, {
    data: data.mnist(),
    optimizer: adamw({ learningRate: warmupCosine({ peak: 1e-3, warmupSteps: 200 }), weightDecay: 1e-4 }),
    epochs: 3,
    batchSize: 128,
    clipNorm: 1,
    earlyStopping: { metric: "val/digit/accuracy", patience: 2 },
  });
};

/** Dense layers only, plain numbers for the learning rate, steps instead of epochs. */
export const mlp = (): Experiment => {
  const pixels = graph.input("pixels", [64]);
  const features = pixels.dense(128, { name: "hidden" }).relu().dense(128).relu();
  const digits = model({
    name: "mlp",
    inputs: { pixels },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
  return experiment(digits, {
    data: data.digits(),
    optimizer: sgd({ learningRate: constant(0.1), momentum: 0.9, nesterov: true }),
    steps: 300,
    batchSize: 32,
  });
};

/** Convolutions with batch normalisation, a residual inside and a strided way down. */
export const residualCnn = (): Experiment => {
  const image = graph.input("image", [8, 8, 1]);
  const body = graph.conv2d(16, { kernel: 3, useBias: false }).batchNorm().relu().conv2d(16, { kernel: 3 }).batchNorm();
  const features = image
    .conv2d(16, { kernel: 3 })
    .batchNorm()
    .relu()
    .residual(body)
    .relu()
    .conv2d(32, { kernel: 3, stride: 2, padding: "VALID" })
    .relu()
    .flatten();
  const digits = model({
    name: "residualCnn",
    inputs: { image },
    heads: {
      digit: head.classification(features, { classes: 10, labelSmoothing: 0.1, metrics: ["accuracy", "top3"] }),
    },
  });
  return experiment(digits, {
    data: data.digits({ validation: 0.1 }),
    optimizer: adam({ learningRate: cosine({ peak: 2e-3 }) }),
    epochs: 2,
    batchSize: 64,
  });
};

/** Two heads on one trunk, one of them with a layer of its own; pixels as bytes. */
export const twoHeads = (): Experiment => {
  const image = graph.input("image", [8, 8, 1]);
  const rows = 90;
  const trunk = image.flatten().dense(64).relu().dropout(0.1);
  const ink = trunk.dense(16).relu();
  const digits = model({
    name: "twoHeads",
    inputs: { image },
    heads: {
      digit: head.classification(trunk, { classes: 3, metrics: ["accuracy"] }),
      inkCentre: head.regression(ink, { outputs: 2, weight: 0.5, metrics: ["rmse", "r2"] }),
    },
  });
  const bytes = Uint8Array.from({ length: rows * 64 }, (_, i) => (i * 37) % 256);
  return experiment(digits, {
    data: data.arrays({
      image: { data: bytes, shape: [rows, 8, 8, 1] },
      digit: Int32Array.from({ length: rows }, (_, i) => i % 3),
      inkCentre: { data: ramp(rows * 2, 7, 23), shape: [rows, 2] },
    }),
    optimizer: adamw({ learningRate: 3e-3, weightDecay: 1e-2 }),
    epochs: 3,
    batchSize: 32,
  });
};

/** A table of numbers, one number to predict. */
export const csvRegression = (): Experiment => {
  const house = graph.input("house", [4]);
  const prices = model({
    name: "housing",
    inputs: { house },
    heads: { price: head.regression(house.dense(32).relu().dense(16).relu(), { metrics: ["rmse", "r2"] }) },
  });
  return experiment(prices, {
    data: data.csv("houses.csv", {
      features: { house: ["rooms", "area", "age", "distance"] },
      targets: { price: "price" },
      validation: 0.25,
      test: 0.1,
    }),
    optimizer: adamw({ learningRate: 1e-2 }),
    epochs: 4,
    batchSize: 16,
    earlyStopping: { metric: "val/price/rmse", patience: 3 },
  });
};

/** One encoder for both sides, embeddings of words, a block that is applied twice with weights of its own. */
export const siamese = (): Experiment => {
  const left = graph.input("left", [6], { dtype: "int" });
  const right = graph.input("right", [6], { dtype: "int" });
  const encoder = graph.block(
    "encoder",
    graph.embedding({ vocab: 20, features: 4 }).flatten().dense(16).relu().dropout(0.2),
    { shared: true },
  );
  const mixer = graph.block("mixer", graph.residual(graph.dense(16).relu()).batchNorm());
  const both = left.pipe(encoder).add(right.pipe(encoder)).pipe(mixer).pipe(mixer);
  const pairs = model({
    name: "pairs",
    inputs: { left, right },
    heads: { same: head.classification(both, { classes: 2, metrics: ["accuracy"] }) },
  });
  const rows = 64;
  const words = (step: number) => ({
    data: Int32Array.from({ length: rows * 6 }, (_, i) => (i * step) % 20),
    shape: [rows, 6] as const,
  });
  return experiment(pairs, {
    data: data.arrays(
      { left: words(3), right: words(7), same: Int32Array.from({ length: rows }, (_, i) => i % 2) },
      { validation: 0.25 },
    ),
    epochs: 2,
    batchSize: 16,
  });
};

/** Names that Python, Flax or the emitted files use themselves. */
export const hostile = (): Experiment => {
  const x = graph.input("x", [4]);
  const hp = graph.input("hp", [4]);
  const lambda = graph.input("lambda", [4]);
  const block = graph.block(
    "Exception",
    graph.dense(4, { name: "x1" }).residual(graph.dense(4, { name: "self" }).relu()),
  );
  const sum = x
    .dense(4, { name: "train" })
    .relu()
    .add(hp.dense(4, { name: "nnx" }))
    .add(x)
    .dropout(0.5, { name: "eval" });
  const features = sum
    .pipe(block)
    .add(lambda.dropout(0.1, { name: "learningRate" }))
    .dense(4, { name: "class" });
  const classes = { classes: 2, metrics: ["accuracy"] } as const;
  const odd = model({
    name: "print",
    inputs: { x, hp, lambda },
    heads: {
      loss: head.classification(features, classes),
      params: head.regression(sum, { metrics: ["r2"] }),
      sums: head.classification(features, { ...classes, labelSmoothing: 0.1 }),
      None: head.regression(features, { outputs: 2, metrics: ["rmse"] }),
    },
  });
  const rows = 20;
  const floats = (width: number) => ({ data: ramp(rows * width, 5, 17), shape: [rows, width] as const });
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
  return experiment(odd, {
    data: data.arrays({
      x: floats(4),
      hp: floats(4),
      lambda: floats(4),
      loss: labels,
      params: floats(1),
      sums: labels,
      None: floats(2),
    }),
    epochs: 1,
    batchSize: 8,
  });
};

/** Every golden by the name of its folder. */
export const experiments: Readonly<Record<string, () => Experiment>> = {
  "mnist-cnn": mnistCnn,
  mlp,
  "residual-cnn": residualCnn,
  "two-heads": twoHeads,
  "csv-regression": csvRegression,
  siamese,
};

export const documentOf = (name: string): CompleteDocument => experiments[name]!().document;
