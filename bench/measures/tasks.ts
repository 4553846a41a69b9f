import { blocks, graph, head, model } from "flaxen";

/** 64-128-128-10 with relu, or with another number of hidden units. */
export const digitsMlp = (units = 128) => {
  const image = graph.input("image", [64]);
  const features = image.dense(units).relu().dense(units).relu();
  return model({
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
};

/** Convolution 32, pool, convolution 64, pool, dense 128, 10 classes. */
export const mnistCnn = () => {
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
    .relu();
  return model({
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
};

/** Sequences [64, 64] of waves whose frequency is the class, and token ids [64] that count on by a step of their own. */
export const sequences = (rows: number) => {
  const wave = Float32Array.from({ length: rows * 64 * 64 }, (_, i) => {
    const [row, time, feature] = [Math.floor(i / 4096), Math.floor(i / 64) % 64, i % 64];
    return Math.sin((time * ((row % 10) + 1)) / 10 + feature);
  });
  const kind = Int32Array.from({ length: rows }, (_, row) => row % 10);
  const ids = Int32Array.from({ length: rows * 64 }, (_, i) => {
    const [row, time] = [Math.floor(i / 64), i % 64];
    return ((row * 7 + time * (1 + (row % 5))) % 127) + 1;
  });
  return { wave: { data: wave, shape: [rows, 64, 64] }, kind, ids: { data: ids, shape: [rows, 64] } };
};

/** LSTM 128 over 64 steps of 64 features, 10 classes. */
export const lstmClassifier = () => {
  const wave = graph.input("wave", [64, 64]);
  const heads = { kind: head.classification(wave.lstm(128), { classes: 10, metrics: ["accuracy"] }) };
  return model({ inputs: { wave }, heads });
};

/** Four layers of GPT-2's kind: 128 features, 4 heads, 128 tokens, 64 positions. */
export const smallGpt = () => {
  const ids = graph.input("ids", [64], { dtype: "int" });
  const hidden = ids
    .embedding({ vocab: 128, features: 128 })
    .learnedPositions({ length: 64 })
    .repeat(4, blocks.transformerEncoder({ features: 128, heads: 4, causal: true, dropout: 0 }))
    .layerNorm();
  return model({ inputs: { ids }, heads: { next: head.nextToken(hidden, { of: ids, vocab: 128 }) } });
};
