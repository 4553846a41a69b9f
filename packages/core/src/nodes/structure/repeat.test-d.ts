import type { Equal, Expect } from "../../../test/expect.ts";
import { blocks } from "../../blocks/index.ts";
import { graph, type Tensor } from "../../graph/index.ts";

const row = graph.input("row", [10]);
const sequence = graph.input("sequence", [20, 64]);
const context = graph.input("context", [30, 32]);
const image = graph.input("image", [9, 9, 16]);

const repeated = row.repeat(12, graph.dense(10).relu());
const byFunction = row.repeat(2, (h) => h.dense(10).add(row), { name: "layers" });
const inBlock = row.pipe(graph.repeat(2, (h) => h.dense(10)).dense(3));
const joined = row.parallel([graph, graph.dense(3), (h) => h.dense(4)], "concat");
const gated = row.pipe(graph.parallel([graph, graph.dense(10).sigmoid()], "multiply"));
const { mean, spread } = row.branch({ mean: graph.dense(3), spread: (h) => h.dense(7).softplus() });
const decoded = sequence.repeat(6, blocks.transformerDecoder(context, { features: 64, heads: 4 }));
const shrunk = image.pipe(blocks.basicBlock({ filters: 16, stride: 2 })).repeat(2, blocks.basicBlock({ filters: 16 }));
const inverted = image.pipe(blocks.invertedResidual({ channels: 16, filters: 24, stride: 2 }));

declare const unknownSize: number;
const single = graph.input("single", [1, 8]);
const other = graph.input("other", [unknownSize, 8]);
const stretched = single.residual(() => other);
const stretchedTwice = single.repeat(2, () => other);
const photo = graph.input("photo", ["height", 8]);
const halved = photo.repeat(2, () => other);
const unknown = other.residual(() => single);

export type Cases = [
  Expect<Equal<typeof stretched, Tensor<["batch", number, 8]>>>,
  Expect<Equal<typeof stretchedTwice, Tensor<["batch", number, 8]>>>,
  Expect<Equal<typeof halved, Tensor<["batch", number, 8]>>>,
  Expect<Equal<typeof unknown, Tensor<["batch", number, 8]>>>,
  Expect<Equal<typeof repeated, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof byFunction, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof inBlock, Tensor<["batch", 3]>>>,
  Expect<Equal<typeof joined, Tensor<["batch", 17]>>>,
  Expect<Equal<typeof gated, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof mean, Tensor<["batch", 3]>>>,
  Expect<Equal<typeof spread, Tensor<["batch", 7]>>>,
  Expect<Equal<typeof decoded, Tensor<["batch", 20, 64]>>>,
  Expect<Equal<typeof shrunk, Tensor<["batch", 5, 5, 16]>>>,
  Expect<Equal<typeof inverted, Tensor<["batch", 5, 5, 24]>>>,
];

// @ts-expect-error the body must keep the shape
row.repeat(2, graph.dense(11));
// @ts-expect-error the same by a function
row.repeat(2, (h) => h.dense(11));
// @ts-expect-error a tensor is no body
row.repeat(2, row);
// @ts-expect-error a tensor is no block
row.pipe(row);
// @ts-expect-error a tensor is no branch
row.residual(row);
// @ts-expect-error a misspelt option
row.repeat(2, graph.relu(), { nmae: "layers" });
// @ts-expect-error the branches cannot be added
row.parallel([graph.dense(3), graph.dense(4)], "add");
// @ts-expect-error a tensor is no branch
row.parallel([graph, row], "add");
// @ts-expect-error a misspelt merge
row.parallel([graph], "sum");
// @ts-expect-error several tensors are no block
graph.branch({ a: graph });
// @ts-expect-error heads must divide the features
sequence.repeat(2, blocks.transformerEncoder({ features: 64, heads: 5 }));
// @ts-expect-error without a projection the filters must be those of what comes in
image.pipe(blocks.basicBlock({ filters: 32 }));
