import type { Equal, Expect } from "../../../test/expect.ts";
import { graph, type Tensor } from "../../graph/index.ts";
import type { Shape } from "../../shapes/index.ts";

declare const n: number;
declare const anyRank: Tensor;
const times = graph.input("times", ["time", 8]);
const mask = graph.input("mask", ["time"], { dtype: "int" });
const context = graph.input("context", [30, 6]);

const self = times.attention({ heads: 4, rope: { base: 100 }, causal: true, mask, name: "self" });
const grouped = times.attention({ heads: 3, headFeatures: 2, keyValueHeads: 1, rope: true });
const crossed = times.crossAttention(context, { heads: n });
const inBlock = times.pipe(graph.attention({ heads: 2 }).crossAttention(context, { heads: 2 }));
const residual = times.residual((x) => x.layerNorm().attention({ heads: 2, dropout: 0.1 }));
const any = anyRank.attention({ heads: 2 });
export type Kept = [
  Expect<Equal<typeof self, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof grouped, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof crossed, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof inBlock, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof residual, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof any, Tensor<Shape>>>,
];
// @ts-expect-error heads do not divide the features
times.attention({ heads: 3 });
// @ts-expect-error key-value heads do not divide the heads
times.attention({ heads: 4, keyValueHeads: 3 });
// @ts-expect-error an odd number of features per head
times.attention({ heads: 8, rope: true });
// @ts-expect-error no axis of time
graph.input("row", [10]).attention({ heads: 2 });
// @ts-expect-error a mask of another length
times.attention({ heads: 2, mask: graph.input("mask", [9], { dtype: "int" }) });
// @ts-expect-error a misspelt option
times.attention({ heads: 2, casual: true });
// @ts-expect-error a mask of the queries' positions
times.crossAttention(context, { heads: 2, mask });
// @ts-expect-error a context of rank 2
times.crossAttention(graph.input("row", [10]), { heads: 2 });

const waves = times.sinusoidalPositions();
const learned = context.learnedPositions({ length: 30, name: "places" });
const later = times.learnedPositions({ length: 4 });
export type Placed = [
  Expect<Equal<typeof waves, Tensor<["batch", "time", 8]>>>,
  Expect<Equal<typeof learned, Tensor<["batch", 30, 6]>>>,
  Expect<Equal<typeof later, Tensor<["batch", "time", 8]>>>,
];
// @ts-expect-error an odd number of features
graph.input("x", [4, 5]).sinusoidalPositions();
// @ts-expect-error a longer sequence
context.learnedPositions({ length: 29 });
// @ts-expect-error no axis of time
graph.input("row", [10]).sinusoidalPositions();
