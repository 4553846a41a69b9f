import type { Equal, Expect } from "../../../test/expect.ts";
import { graph, type IntTensor, type Tensor } from "../../graph/index.ts";

const image = graph.input("image", [28, 28, 3]);
const text = graph.input("text", ["time", 64]);
const ids = graph.input("ids", ["time"], { dtype: "int" });

const joined = image.concat([image, image]);
const scaled = image.multiply(0.5).subtract(image.mean([1, 2], { keepDims: true }));
const heads = text.reshape(["time", 8, -1]).transpose([0, 2, 1, 3]);
const scores = heads.matmul(heads.transpose());
const byEinsum = heads.einsum("bhqd,bhkd->bhqk", heads);
const mask = ids.greater(0);
const last = text.slice(1, { start: -1 }).squeeze(1);
const [query, key] = text.split(2);
const parts = image.split([1, 2]);
const constant = graph.constant([[0.5, 1, 2]]);
const picked = text.gather(graph.input("places", [3], { dtype: "int" }));
const larger = image.upsample(2).pad([1, [0, 2], 0]);
const places = text.argmax();
const swapped = text.transpose([0, 2, 1]);
const swappedLast = text.transpose();
const swappedInBlock = text.pipe(graph.transpose([0, 2, 1]));
export type Shapes = [
  Expect<Equal<typeof joined, Tensor<["batch", 28, 28, 9]>>>,
  Expect<Equal<typeof scaled, Tensor<["batch", 28, 28, 3]>>>,
  Expect<Equal<typeof heads, Tensor<["batch", 8, "time", 8]>>>,
  Expect<Equal<typeof scores, Tensor<["batch", 8, "time", "time"]>>>,
  Expect<Equal<typeof byEinsum, Tensor<["batch", 8, "time", "time"]>>>,
  Expect<Equal<typeof mask, IntTensor<["batch", "time"]>>>,
  Expect<Equal<typeof last, Tensor<["batch", 64]>>>,
  Expect<Equal<typeof query, Tensor<["batch", "time", 32]>>>,
  Expect<Equal<typeof key, Tensor<["batch", "time", 32]>>>,
  Expect<Equal<typeof parts, [Tensor<["batch", 28, 28, 1]>, Tensor<["batch", 28, 28, 2]>]>>,
  Expect<Equal<typeof constant, Tensor<[1, 1, 3]>>>,
  Expect<Equal<typeof picked, Tensor<["batch", 3, 64]>>>,
  Expect<Equal<typeof larger, Tensor<["batch", 58, 58, 3]>>>,
  Expect<Equal<typeof places, IntTensor<["batch", "time"]>>>,
  Expect<Equal<typeof swapped, Tensor<["batch", 64, "time"]>>>,
  Expect<Equal<typeof swappedLast, Tensor<["batch", 64, "time"]>>>,
  Expect<Equal<typeof swappedInBlock, Tensor<["batch", 64, "time"]>>>,
];
// @ts-expect-error not whole
ids.multiply(0.5);
// @ts-expect-error a different number of values
image.reshape([28, 28]);
// @ts-expect-error an axis twice
text.transpose([0, 1, 1]);
// @ts-expect-error the batch axis must stay first
text.transpose([1, 0, 2]);
// @ts-expect-error a row has no two axes to swap
graph.input("row", [4]).transpose();
// @ts-expect-error no such axis
image.mean(4);
// @ts-expect-error no block gives several tensors
graph.split(2);
