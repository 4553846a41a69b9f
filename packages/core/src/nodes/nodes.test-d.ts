import type { Equal, Expect } from "../../test/expect.ts";
import { graph, type IntTensor, type Tensor } from "../graph/index.ts";
import type { Dim, Shape } from "../shapes/index.ts";

declare const n: number;
declare const anyRank: Tensor<Shape>;
declare const padding: "SAME" | "VALID";
declare const kernel: 3 | 5;
declare const settings: any;

const image = graph.input("image", [28, 28, 1]);
const row = graph.input("row", [10]);
const ids = graph.input("ids", [128], { dtype: "int" });
const text = graph.input("text", ["time"], { dtype: "int" });
const sized = graph.input("sized", [n, n, 3]);

const valid = image.conv2d(32, { kernel: 3, padding: "VALID" });
const strided = image.conv2d(8, { kernel: [5, 3], stride: 2 });
const dilated = image.conv2d(8, { kernel: 3, padding: "VALID", dilation: 2 });
const either = image.conv2d(8, { kernel: 3, padding });
const eitherKernel = image.conv2d(8, { kernel, padding: "VALID" });
const named = graph.input("x", ["height", "width", 3]);
const namedSame = named.conv2d(64, { kernel: 3 });
const namedValid = named.conv2d(64, { kernel: 3, padding: "VALID" });
const sizedValid = sized.conv2d(n, { kernel: 3, padding: "VALID" });
const stepped = image.conv2d(16, { kernel: 3, stride: n });
const anyConv = anyRank.conv2d(8, { kernel: 3 });
export type Convolutions = [
  Expect<Equal<typeof valid, Tensor<["batch", 26, 26, 32]>>>,
  Expect<Equal<typeof strided, Tensor<["batch", 14, 14, 8]>>>,
  Expect<Equal<typeof dilated, Tensor<["batch", 24, 24, 8]>>>,
  Expect<Equal<typeof either, Tensor<["batch", 28 | 26, 28 | 26, 8]>>>,
  Expect<Equal<typeof eitherKernel, Tensor<["batch", 26 | 24, 26 | 24, 8]>>>,
  Expect<Equal<typeof namedSame, Tensor<["batch", "height", "width", 64]>>>,
  Expect<Equal<typeof namedValid, Tensor<["batch", number, number, 64]>>>,
  Expect<Equal<typeof sizedValid, Tensor<["batch", number, number, number]>>>,
  Expect<Equal<typeof stepped, Tensor<["batch", number, number, 16]>>>,
  Expect<Equal<typeof anyConv, Tensor<Dim[]>>>,
];
// @ts-expect-error rank
row.conv2d(8, { kernel: 3 });
// @ts-expect-error the window does not fit
graph.input("x", [2, 2, 1]).conv2d(8, { kernel: 3, padding: "VALID" });
// @ts-expect-error groups do not divide the channels
image.conv2d(8, { kernel: 3, groups: 2 });
// @ts-expect-error groups do not divide the filters
graph.input("x", [28, 28, 4]).conv2d(6, { kernel: 3, groups: 4 });
// @ts-expect-error a misspelt option
image.conv2d(8, { kernel: 3, strid: 2 });
// @ts-expect-error not a padding
image.conv2d(8, { kernel: 3, padding: "valid" });
// @ts-expect-error whole numbers
graph.input("x", [28, 28, 1], { dtype: "int" }).conv2d(8, { kernel: 3 });

const pooled = valid.maxPool(2);
const overlapping = valid.maxPool(3, { stride: 2, padding: "SAME" });
const sizedPool = sized.maxPool(2);
export type Pools = [
  Expect<Equal<typeof pooled, Tensor<["batch", 13, 13, 32]>>>,
  Expect<Equal<typeof overlapping, Tensor<["batch", 13, 13, 32]>>>,
  Expect<Equal<typeof sizedPool, Tensor<["batch", number, number, 3]>>>,
];
// @ts-expect-error rank
row.maxPool(2);
// @ts-expect-error the window does not fit
image.maxPool(29);

const averaged = valid.avgPool(2);
const averagedSame = valid.avgPool(3, { stride: 2, padding: "SAME" });
const means = valid.globalAvgPool();
const largest = graph.input("x", ["time", 64]).globalMaxPool();
const voxels = graph.input("x", [4, 5, 6, 7]).globalAvgPool();
const sizedMeans = sized.globalAvgPool();
const anyMeans = anyRank.globalAvgPool();
export type Averages = [
  Expect<Equal<typeof averaged, Tensor<["batch", 13, 13, 32]>>>,
  Expect<Equal<typeof averagedSame, Tensor<["batch", 13, 13, 32]>>>,
  Expect<Equal<typeof means, Tensor<["batch", 32]>>>,
  Expect<Equal<typeof largest, Tensor<["batch", 64]>>>,
  Expect<Equal<typeof voxels, Tensor<["batch", 7]>>>,
  Expect<Equal<typeof sizedMeans, Tensor<["batch", 3]>>>,
  Expect<Equal<typeof anyMeans, Tensor<[Dim, Dim]>>>,
];
// @ts-expect-error rank
row.avgPool(2);
// @ts-expect-error the window does not fit
image.avgPool(29);
// @ts-expect-error nothing to pool over
row.globalAvgPool();
// @ts-expect-error whole numbers
graph.input("x", [4, 4], { dtype: "int" }).globalMaxPool();

const flat = pooled.flatten();
const flatIds = ids.flatten();
const flatText = text.embedding({ vocab: 100, features: 64 }).flatten();
const flatAny = anyRank.flatten();
export type Flattened = [
  Expect<Equal<typeof flat, Tensor<["batch", 5408]>>>,
  Expect<Equal<typeof flatIds, IntTensor<["batch", 128]>>>,
  Expect<Equal<typeof flatText, Tensor<["batch", number]>>>,
  Expect<Equal<typeof flatAny, Tensor<[Dim, number]>>>,
];

const ten = flat.dense(10, { useBias: false, name: "ten" });
const perTime = text.embedding({ vocab: 100, features: 64 }).dense(8);
const runTime = row.dense(n);
export type Dense = [
  Expect<Equal<typeof ten, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof perTime, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof runTime, Tensor<["batch", number]>>>,
];
// @ts-expect-error whole numbers
ids.dense(3);
// @ts-expect-error no features
graph.input("x", []).dense(3);
// @ts-expect-error a misspelt option
row.dense(3, { bias: false });

const vectors = ids.embedding({ vocab: 50257, features: 768 });
export type Embeddings = [Expect<Equal<typeof vectors, Tensor<["batch", 128, 768]>>>];
// @ts-expect-error floats
image.embedding({ vocab: 10, features: 3 });

const same = image.relu().dropout(0.1, { name: "drop" }).batchNorm({ momentum: 0.99 });
export type Same = [Expect<Equal<typeof same, Tensor<["batch", 28, 28, 1]>>>];
// @ts-expect-error whole numbers
ids.relu();
// @ts-expect-error whole numbers
ids.dropout(0.1);
// @ts-expect-error no features
graph.input("x", []).batchNorm();

const bent = image.gelu({ approximate: true }).leakyRelu({ negativeSlope: 0.2 }).threshold(0);
const squashed = named.sigmoid().softmax().logSoftmax().tanh().relu6().elu().celu({ alpha: 2 });
export type Bent = [
  Expect<Equal<typeof bent, Tensor<["batch", 28, 28, 1]>>>,
  Expect<Equal<typeof squashed, Tensor<["batch", "height", "width", 3]>>>,
];
// @ts-expect-error whole numbers
ids.silu();
// @ts-expect-error whole numbers
ids.gelu();
// @ts-expect-error a misspelt option
image.gelu({ aproximate: true });
// @ts-expect-error the threshold is missing
image.threshold();
// @ts-expect-error no features
graph.input("x", []).softmax();

const gated = row.glu();
const gatedAny = anyRank.glu();
const gatedSized = row.dense(n).glu();
export type Gated = [
  Expect<Equal<typeof gated, Tensor<["batch", 5]>>>,
  Expect<Equal<typeof gatedAny, Tensor<Dim[]>>>,
  Expect<Equal<typeof gatedSized, Tensor<["batch", number]>>>,
];
// @ts-expect-error an odd number of features
image.glu();

const normal = valid.layerNorm({ useBias: false }).rmsNorm().groupNorm(8, { name: "groups" }).groupNorm(n);
const normalAny = anyRank.groupNorm(3);
export type Normal = [
  Expect<Equal<typeof normal, Tensor<["batch", 26, 26, 32]>>>,
  Expect<Equal<typeof normalAny, Tensor<Shape>>>,
];
// @ts-expect-error groups do not divide the channels
valid.groupNorm(3);
// @ts-expect-error whole numbers
ids.layerNorm();
// @ts-expect-error no features
graph.input("x", []).rmsNorm();
// @ts-expect-error no bias
valid.rmsNorm({ useBias: false });

const sum = image.add(image);
const stretched = image.add(graph.input("x", [1, 1, 8]));
const intSum = ids.add(ids);
const merged = row.add(graph.input("x", [n]));
const withAny = image.add(anyRank);
export type Sums = [
  Expect<Equal<typeof sum, Tensor<["batch", 28, 28, 1]>>>,
  Expect<Equal<typeof stretched, Tensor<["batch", 28, 28, 8]>>>,
  Expect<Equal<typeof intSum, IntTensor<["batch", 128]>>>,
  Expect<Equal<typeof merged, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof withAny, Tensor<Dim[]>>>,
];
// @ts-expect-error shapes
row.add(graph.input("x", [12]));
// @ts-expect-error ranks
row.add(graph.input("x", [1, 10]));
// @ts-expect-error names differ
graph.input("x", ["time", 64]).add(graph.input("y", ["length", 64]));
// @ts-expect-error dtypes
ids.add(graph.input("x", [128]));

const fromSettings = graph.input("x", [settings.height, settings.width, 3]).conv2d(8, { kernel: 3 });
export type FromAny = [Expect<Equal<typeof fromSettings, Tensor<["batch", number, number, 8]>>>];

declare const wide: boolean;
declare const mixed: (number | number[])[];
// What may be one thing or another is looked at when the program runs.
graph.constant([wide ? [1, 2, 3] : [1]]);
graph.constant(wide ? [1, 2, 3] : [1]);
graph.constant(mixed);
graph.constant([wide ? 1 : 2.5], { dtype: "int" });
graph.constant([[1, 2], wide ? [3, 4] : [5, 6]]);
// @ts-expect-error ragged
graph.constant([[1, 2], [3]]);
// @ts-expect-error half a number
graph.constant([[1, 2.5]], { dtype: "int" });
