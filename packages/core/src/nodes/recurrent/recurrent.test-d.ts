import type { Equal, Expect } from "../../../test/expect.ts";
import { graph, type Tensor } from "../../graph/index.ts";
import type { Dim } from "../../shapes/index.ts";

declare const n: number;
declare const flag: boolean;
declare const anyRank: Tensor;
const times = graph.input("times", ["time", 8]);
const mask = graph.input("mask", ["time"], { dtype: "int" });

const last = times.lstm(5);
const all = times.gru(5, { returnSequences: true, mask, name: "reader" });
const both = times.simpleRnn(64, { direction: "bidirectional", returnSequences: true });
const inBlock = times.pipe(graph.lstm(5, { returnSequences: true }).gru(6));
const masked = times.pipe(graph.lstm(5, { mask }));
const sized = times.lstm(n, { direction: "bidirectional" });
const open = times.lstm(5, { returnSequences: flag });
const any = anyRank.lstm(5);
const anyAll = anyRank.lstm(5, { returnSequences: true });
export type Read = [
  Expect<Equal<typeof last, Tensor<["batch", 5]>>>,
  Expect<Equal<typeof all, Tensor<["batch", "time", 5]>>>,
  Expect<Equal<typeof both, Tensor<["batch", "time", 128]>>>,
  Expect<Equal<typeof inBlock, Tensor<["batch", 6]>>>,
  Expect<Equal<typeof masked, Tensor<["batch", 5]>>>,
  Expect<Equal<typeof sized, Tensor<["batch", number]>>>,
  Expect<Equal<typeof open, Tensor<Dim[]>>>,
  Expect<Equal<typeof any, Tensor<[Dim, 5]>>>,
  Expect<Equal<typeof anyAll, Tensor<Dim[]>>>,
];
// @ts-expect-error no axis of time
graph.input("row", [10]).lstm(3);
// @ts-expect-error whole numbers
mask.gru(3);
// @ts-expect-error a mask of another length
times.lstm(3, { mask: graph.input("mask", [9], { dtype: "int" }) });
// @ts-expect-error a mask of floats
times.lstm(3, { mask: graph.input("mask", ["time"]) });
// @ts-expect-error a misspelt option
times.lstm(3, { returnSequence: true });
// @ts-expect-error no such way
times.lstm(3, { direction: "backward" });
