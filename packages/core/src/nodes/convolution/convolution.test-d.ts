import type { Equal, Expect } from "../../../test/expect.ts";
import { graph, type Tensor } from "../../graph/index.ts";
import type { Dim, Shape } from "../../shapes/index.ts";

declare const n: number;
declare const anyRank: Tensor<Shape>;

const series = graph.input("series", ["time", 8]);
const steps = graph.input("steps", [100, 8]);
const image = graph.input("image", [28, 28, 4]);
const volume = graph.input("volume", [8, 16, 16, 2]);

const causal = series.conv1d(32, { kernel: 3, padding: "CAUSAL", dilation: 2 });
const valid = series.conv1d(32, { kernel: 3, padding: "VALID" });
const strided = steps.conv1d(32, { kernel: [5], stride: 2, padding: 1 });
const padded = image.conv2d(6, { kernel: 3, padding: [[0, 1], 2], stride: [2, 1] });
const deep = volume.conv3d(6, { kernel: [1, 3, 3], stride: 2, padding: "VALID", groups: 2 });
const sized = volume.conv3d(n, { kernel: 3 });
const any = anyRank.conv1d(3, { kernel: 3 });
export type Convolutions = [
  Expect<Equal<typeof causal, Tensor<["batch", "time", 32]>>>,
  Expect<Equal<typeof valid, Tensor<["batch", number, 32]>>>,
  Expect<Equal<typeof strided, Tensor<["batch", 49, 32]>>>,
  Expect<Equal<typeof padded, Tensor<["batch", 14, 30, 6]>>>,
  Expect<Equal<typeof deep, Tensor<["batch", 4, 7, 7, 6]>>>,
  Expect<Equal<typeof sized, Tensor<["batch", 8, 16, 16, number]>>>,
  Expect<Equal<typeof any, Tensor<Dim[]>>>,
];
// @ts-expect-error rank
image.conv1d(3, { kernel: 3 });
// @ts-expect-error rank
image.conv3d(3, { kernel: 3 });
// @ts-expect-error images have no past
image.conv2d(3, { kernel: 3, padding: "CAUSAL" });
// @ts-expect-error two sizes for one axis
steps.conv1d(3, { kernel: [3, 3] });
// @ts-expect-error one list for two axes
image.conv2d(3, { kernel: 3, padding: [[1, 1]] });
// @ts-expect-error the window does not fit into the padded image
image.conv2d(3, { kernel: 40, padding: 2 });

const each = steps.depthwiseConv1d({ kernel: 5, multiplier: 2 });
const eachImage = image.depthwiseConv2d({ kernel: 3, stride: 2, name: "each" });
const eachSized = image.depthwiseConv2d({ kernel: 3, multiplier: n });
const separate = image.separableConv2d(64, { kernel: 3, padding: "VALID", multiplier: 2 });
const separateTime = series.separableConv1d(64, { kernel: 3, padding: "CAUSAL" });
export type Separated = [
  Expect<Equal<typeof each, Tensor<["batch", 100, 16]>>>,
  Expect<Equal<typeof eachImage, Tensor<["batch", 14, 14, 4]>>>,
  Expect<Equal<typeof eachSized, Tensor<["batch", 28, 28, number]>>>,
  Expect<Equal<typeof separate, Tensor<["batch", 26, 26, 64]>>>,
  Expect<Equal<typeof separateTime, Tensor<["batch", "time", 64]>>>,
];
// @ts-expect-error a depthwise convolution has no filters
image.depthwiseConv2d(8, { kernel: 3 });
// @ts-expect-error whole numbers
graph.input("x", [10, 4], { dtype: "int" }).separableConv1d(3, { kernel: 3 });

const twice = image.convTranspose2d(16, { kernel: 2, stride: 2 });
const larger = image.convTranspose2d(16, { kernel: [5, 2], stride: [2, 3], padding: "VALID" });
const grown = series.convTranspose1d(16, { kernel: 3, stride: 2 });
const kept = series.convTranspose1d(16, { kernel: 3 });
const volumes = volume.convTranspose3d(4, { kernel: 3, stride: [1, 2, 2], dilation: 2, padding: "VALID" });
export type Transposed = [
  Expect<Equal<typeof twice, Tensor<["batch", 56, 56, 16]>>>,
  Expect<Equal<typeof larger, Tensor<["batch", 59, 84, 16]>>>,
  Expect<Equal<typeof grown, Tensor<["batch", number, 16]>>>,
  Expect<Equal<typeof kept, Tensor<["batch", "time", 16]>>>,
  Expect<Equal<typeof volumes, Tensor<["batch", 12, 35, 35, 4]>>>,
];
// @ts-expect-error no zeros around what is spread
image.convTranspose2d(16, { kernel: 2, padding: 1 });

const pooled = series.maxPool(2);
const pooledSteps = steps.avgPool([4], { stride: 2 });
const pooledVolume = volume.minPool([1, 2, 2], { padding: "SAME" });
const pooledAny = anyRank.maxPool(2);
export type Pools = [
  Expect<Equal<typeof pooled, Tensor<["batch", number, 8]>>>,
  Expect<Equal<typeof pooledSteps, Tensor<["batch", 49, 8]>>>,
  Expect<Equal<typeof pooledVolume, Tensor<["batch", 8, 8, 8, 2]>>>,
  Expect<Equal<typeof pooledAny, Tensor<Dim[]>>>,
];
// @ts-expect-error two sizes for one axis
steps.maxPool([2, 2]);
// @ts-expect-error two steps for three axes
volume.maxPool(2, { stride: [2, 2] });
