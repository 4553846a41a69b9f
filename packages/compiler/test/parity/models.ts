import {
  type AnyModel,
  adam,
  adamw,
  blocks,
  type Columns,
  type ExperimentOptions,
  graph,
  head,
  model,
  sgd,
} from "@flaxen/core";

/** One of the models of record.py, and how it trains. */
export interface Run {
  readonly model: AnyModel;
  /** What PyTorch calls the layers. */
  readonly names: Readonly<Record<string, string>>;
  readonly training: Pick<ExperimentOptions, "optimizer" | "groups" | "clipNorm">;
  /** Zeros of the shapes of its data. */
  readonly columns: Columns;
}

const rows = 32;
const floats = (...shape: readonly number[]) => ({
  data: new Float32Array(rows * shape.reduce((size, axis) => size * axis, 1)),
  shape: [rows, ...shape],
});
const whole = (...shape: readonly number[]) => ({ ...floats(...shape), data: Int32Array.from(floats(...shape).data) });

const mlp = (): Run => {
  const row = graph.input("row", [8]);
  const features = row.dense(32, { name: "fc1" }).tanh().dense(32, { name: "fc2" }).relu();
  return {
    model: model({ name: "mlp", inputs: { row }, heads: { target: head.regression(features, { outputs: 3 }) } }),
    names: { target: "out" },
    training: { optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }) },
    columns: { row: floats(8), target: floats(3) },
  };
};

const cnn = (): Run => {
  const image = graph.input("image", [8, 8, 1]);
  const features = image
    .conv2d(8, { kernel: 3, padding: 1, useBias: false, name: "conv1" })
    .batchNorm({ name: "bn1" })
    .relu()
    .maxPool(2)
    .conv2d(16, { kernel: 3, stride: 2, padding: 1, name: "conv2" })
    .relu()
    .transpose([0, 3, 1, 2]) // PyTorch flattens channels first
    .flatten()
    .dense(32, { name: "fc" })
    .gelu();
  return {
    model: model({ name: "cnn", inputs: { image }, heads: { digit: head.classification(features, { classes: 4 }) } }),
    names: {},
    training: { optimizer: adam({ learningRate: 1e-3 }) },
    columns: { image: floats(8, 8, 1), digit: whole() },
  };
};

const lstm = (): Run => {
  const ids = graph.input("ids", [10], { dtype: "int" });
  const features = ids.embedding({ vocab: 20, features: 12, name: "embed" }).lstm(24, { name: "lstm" });
  return {
    model: model({ name: "lstm", inputs: { ids }, heads: { kind: head.classification(features, { classes: 3 }) } }),
    names: {},
    training: {
      optimizer: adam({ learningRate: 3e-3 }),
      // PyTorch's layer has two biases that are added up, and each of them is trained.
      groups: [{ match: "lstm/bias", learningRate: 6e-3 }],
    },
    columns: { ids: whole(10), kind: whole() },
  };
};

/** PyTorch's names of a layer's parts. */
const blockNames = (ours: string, theirs: string): Readonly<Record<string, string>> => ({
  [`${ours}/layerNorm1`]: `${theirs}.ln_1`,
  [`${ours}/attention1/query`]: `${theirs}.attn.q_proj`,
  [`${ours}/attention1/key`]: `${theirs}.attn.k_proj`,
  [`${ours}/attention1/value`]: `${theirs}.attn.v_proj`,
  [`${ours}/attention1/out`]: `${theirs}.attn.o_proj`,
  [`${ours}/layerNorm2`]: `${theirs}.ln_2`,
  [`${ours}/dense1`]: `${theirs}.c_fc`,
  [`${ours}/dense2`]: `${theirs}.c_proj`,
});

const gpt = (): Run => {
  const ids = graph.input("ids", [16], { dtype: "int" });
  const features = ids
    .embedding({ vocab: 24, features: 32, name: "wte" })
    .learnedPositions({ length: 16, name: "wpe" })
    .repeat(2, blocks.transformerEncoder({ features: 32, heads: 4, causal: true, dropout: 0 }), { name: "h" })
    .layerNorm({ name: "ln_f" });
  return {
    model: model({
      name: "gpt",
      inputs: { ids },
      heads: { next: head.nextToken(features, { of: ids, vocab: 24 }) },
    }),
    names: { next: "lm_head", ...blockNames("h/0", "h.0"), ...blockNames("h/1", "h.1") },
    training: { optimizer: adamw({ learningRate: 1e-3, weightDecay: 0.1 }), clipNorm: 1 },
    columns: { ids: whole(16) },
  };
};

export const runs: Readonly<Record<string, () => Run>> = { mlp, cnn, lstm, gpt };
