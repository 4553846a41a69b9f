import { type AnyTensor, type Block, blocks, graph, type IntTensor, type Tensor } from "@flaxen/core";

export const inputs = {
  row: graph.input("row", [6]),
  table: graph.input("table", [5, 8]),
  otherTable: graph.input("otherTable", [7, 8]),
  context: graph.input("context", [7, 6]),
  image: graph.input("image", [6, 4, 4]),
  volume: graph.input("volume", [3, 4, 3, 2]),
  smallTable: graph.input("smallTable", [5, 8]),
  smallImage: graph.input("smallImage", [6, 4, 4]),
  words: graph.input("words", [5], { dtype: "int" }),
  mask: graph.input("mask", [5], { dtype: "int" }),
};

/** A layer of record_layers.py. */
export interface LayerCase {
  readonly features: Tensor;
  /** What PyTorch calls what stands in it, by our names. */
  readonly names: Readonly<Record<string, string>>;
  /** Of the largest error. */
  readonly tolerance: number;
}

type Sequence = Tensor<["batch", 5, 8]>;
type Node = Block | ((x: any) => AnyTensor);

const made = (input: AnyTensor, node: Node) =>
  (typeof node === "function" ? node(input) : input.pipe(node as Block<[]>)) as Tensor;

// Sums are up to 5e-6 apart; inputs of a small variance, and softmaxes, are where float32 is coarse.
const [elementwise, summed, coarse] = [1e-6, 2e-5, 1e-4];

/** Layers are called as their cases; `named` says what PyTorch calls them behind the case's name. */
const weighted = (
  input: AnyTensor,
  node: (name: string) => Node,
  named: string | Readonly<Record<string, string>> = "layer",
  tolerance = summed,
) => ({ input, node, named, tolerance });

const { row, table, otherTable, context, image, volume, smallTable, smallImage, words, mask } = inputs;
const both = { direction: "bidirectional" } as const;
const masked = (node: (x: Sequence, mask: IntTensor<["batch", 5]>) => AnyTensor) => (x: Sequence) => node(x, mask);
const projections = { query: "q_proj", key: "k_proj", value: "v_proj", out: "o_proj" };

const layers = {
  linear: weighted(row, (name) => graph.dense(4, { name }), ""),
  linearWithoutBias: weighted(table, (name) => graph.dense(4, { useBias: false, name }), ""),
  conv1d: weighted(table, (name) => graph.conv1d(4, { kernel: 3, stride: 2, padding: 1, name })),
  conv1dSpread: weighted(table, (name) =>
    graph.conv1d(6, { kernel: 2, dilation: 2, groups: 2, padding: "VALID", name }),
  ),
  conv2d: weighted(image, (name) => graph.conv2d(6, { kernel: 3, name })),
  conv2dSpread: weighted(image, (name) =>
    graph.conv2d(6, { kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2, name }),
  ),
  conv3d: weighted(volume, (name) =>
    graph.conv3d(3, { kernel: [1, 2, 3], stride: [1, 1, 2], padding: [0, 1, 1], useBias: false, name }),
  ),
  conv3dSpread: weighted(volume, (name) =>
    graph.conv3d(4, { kernel: 2, dilation: [1, 2, 1], groups: 2, padding: "VALID", name }),
  ),
  depthwise1d: weighted(table, (name) => graph.depthwiseConv1d({ kernel: 3, padding: 1, name })),
  separable1d: weighted(
    table,
    (name) => graph.separableConv1d(3, { kernel: 2, padding: "VALID", multiplier: 2, name }),
    "",
  ),
  depthwise: weighted(image, (name) => graph.depthwiseConv2d({ kernel: 3, padding: 1, multiplier: 2, name })),
  separable: weighted(image, (name) => graph.separableConv2d(5, { kernel: 3, name }), ""),
  upconv1d: weighted(table, (name) => graph.convTranspose1d(3, { kernel: 3, stride: 2, padding: "VALID", name })),
  upconv2d: weighted(image, (name) => graph.convTranspose2d(3, { kernel: 2, stride: 2, name })),
  upconv2dSame: weighted(image, (name) => graph.convTranspose2d(3, { kernel: 4, stride: 2, name })),
  upconv2dSpread: weighted(image, (name) =>
    graph.convTranspose2d(2, {
      kernel: [3, 2],
      stride: [2, 1],
      dilation: [1, 2],
      padding: "VALID",
      useBias: false,
      name,
    }),
  ),
  upconv3d: weighted(volume, (name) =>
    graph.convTranspose3d(3, { kernel: [1, 2, 3], stride: [1, 2, 2], padding: "VALID", name }),
  ),
  batchNorm: weighted(smallImage, (name) => graph.batchNorm({ name }), "layer", coarse),
  batchNormOfRows: weighted(row, (name) => graph.batchNorm({ momentum: 0.8, epsilon: 1e-3, name }), ""),
  layerNorm: weighted(smallTable, (name) => graph.layerNorm({ name }), "", coarse),
  groupNorm: weighted(smallImage, (name) => graph.groupNorm(2, { name }), "layer", coarse),
  instanceNorm: weighted(smallImage, (name) => graph.groupNorm(4, { name }), "layer", coarse),
  rmsNorm: weighted(smallTable, (name) => graph.rmsNorm({ name }), "", coarse),
  embedding: weighted(words, (name) => graph.embedding({ vocab: 9, features: 4, name }), "", elementwise),
  prelu: weighted(row, (name) => graph.prelu({ name }), "", elementwise),
  preluOfChannels: weighted(image, (name) => graph.prelu({ perChannel: true, name }), "layer", elementwise),
  lstm: weighted(table, (name) => graph.lstm(5, { returnSequences: true, name })),
  lstmBothWays: weighted(table, (name) => graph.lstm(5, { ...both, returnSequences: true, name })),
  lstmStacked: weighted(
    table,
    (name) =>
      graph
        .lstm(3, { ...both, returnSequences: true, name: `${name}Lower` })
        .lstm(3, { ...both, name: `${name}Upper` }),
    { lstmStackedLower: "layer#0", lstmStackedUpper: "layer#1" },
  ),
  lstmMasked: weighted(table, (name) => masked((x, mask) => x.lstm(5, { ...both, mask, name }))),
  gru: weighted(table, (name) => graph.gru(5, { returnSequences: true, name })),
  gruBothWays: weighted(table, (name) => graph.gru(5, { ...both, name })),
  rnn: weighted(table, (name) => graph.simpleRnn(5, { name })),
  rnnBothWays: weighted(table, (name) => graph.simpleRnn(5, { ...both, returnSequences: true, name })),
  attention: weighted(table, (name) => graph.attention({ heads: 2, name }), "layer", coarse),
  attentionCausal: weighted(
    table,
    (name) => graph.attention({ heads: 2, causal: true, useBias: false, name }),
    "layer",
    coarse,
  ),
  attentionMasked: weighted(table, (name) => masked((x, mask) => x.attention({ heads: 2, mask, name })), "layer.layer"),
  attentionCross: weighted(
    table,
    (name) => (x: Sequence) => x.crossAttention(context, { heads: 2, name }),
    "layer",
    coarse,
  ),
  attentionGrouped: weighted(
    table,
    (name) => graph.attention({ heads: 4, keyValueHeads: 2, causal: true, name }),
    Object.fromEntries(Object.entries(projections).map(([ours, theirs]) => [`attentionGrouped/${ours}`, theirs])),
    coarse,
  ),
  encoderLayer: weighted(
    table,
    () => blocks.transformerEncoder({ features: 8, heads: 2, mlpRatio: 2, dropout: 0 }) as unknown as Node,
    {
      "encoderLayer1/attention1": "layer.self_attn",
      "encoderLayer1/layerNorm1": "layer.norm1",
      "encoderLayer1/layerNorm2": "layer.norm2",
      "encoderLayer1/dense1": "layer.linear1",
      "encoderLayer1/dense2": "layer.linear2",
    },
  ),
  decoderLayer: weighted(
    table,
    () =>
      blocks.transformerDecoder(otherTable, {
        features: 8,
        heads: 2,
        mlpRatio: 2,
        dropout: 0,
        activation: "relu",
        norm: "post",
      }) as unknown as Node,
    {
      "decoderLayer1/attention1": "layer.self_attn",
      "decoderLayer1/crossAttention1": "layer.multihead_attn",
      "decoderLayer1/layerNorm1": "layer.norm1",
      "decoderLayer1/layerNorm2": "layer.norm2",
      "decoderLayer1/layerNorm3": "layer.norm3",
      "decoderLayer1/dense1": "layer.linear1",
      "decoderLayer1/dense2": "layer.linear2",
    },
  ),
};

const functions: Readonly<Record<string, Node>> = {
  celu: graph.celu({ alpha: 0.7 }),
  elu: graph.elu(),
  gelu: graph.gelu(),
  geluByTanh: graph.gelu({ approximate: true }),
  glu: graph.glu(),
  hardSigmoid: graph.hardSigmoid(),
  hardSwish: graph.hardSwish(),
  hardTanh: graph.hardTanh(),
  leakyRelu: graph.leakyRelu({ negativeSlope: 0.1 }),
  logSigmoid: graph.logSigmoid(),
  mish: graph.mish(),
  relu: graph.relu(),
  relu6: graph.relu6(),
  selu: graph.selu(),
  sigmoid: graph.sigmoid(),
  silu: graph.silu(),
  softmax: graph.softmax(),
  softplus: graph.softplus(),
  softsign: graph.softsign(),
  tanh: graph.tanh(),
};
const ofImages: Readonly<Record<string, Node>> = {
  maxPool: graph.maxPool(2),
  maxPoolOverlapping: graph.maxPool(3, { stride: 1 }),
  avgPool: graph.avgPool([2, 3], { stride: [1, 2] }),
  spaceToDepth: graph.spaceToDepth(2),
  upsample: graph.upsample(2),
  upsampleBilinear: graph.upsample(2, { method: "bilinear" }),
};

const withWeights = Object.entries(layers).map(([name, { input, node, named, tolerance }]) => {
  const path = (theirs: string) => (theirs === "" ? name : `${name}.${theirs}`);
  const names = typeof named === "string" ? { [name]: named } : named;
  const full = Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [ours, path(theirs)]));
  return [name, { features: made(input, node(name)), names: full, tolerance }] as const;
});
const without = (input: AnyTensor, nodes: Readonly<Record<string, Node>>) =>
  Object.entries(nodes).map(
    ([name, node]) => [name, { features: made(input, node), names: {}, tolerance: elementwise }] as const,
  );

/** By the names of record_layers.py. */
export const layerCases: Readonly<Record<string, LayerCase>> = Object.fromEntries([
  ...withWeights,
  ...without(row, functions),
  ...without(image, ofImages),
]);
