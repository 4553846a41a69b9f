import type { Equal, Expect } from "../../test/expect.ts";
import type { Conv2d, Dense, MaxPool, Relu, Window } from "../nodes/index.ts";
import type { Dim } from "../shapes/index.ts";
import { type AnyTensor, type Block, graph, type IntTensor, type NamedBlock, type Tensor } from "./index.ts";

declare const n: number;
declare const sizes: number[];

const image = graph.input("image", [28, 28, 1]);
const row = graph.input("row", [10]);
const ids = graph.input("ids", [16], { dtype: "int" });
const time = graph.input("time", ["time", 64]);
const shape = [28, 28, 1] as const;
const constant = graph.input("constant", shape);
const unknownRank = graph.input("x", sizes);
const unknownSize = graph.input("x", ["?", 3]);
export type Inputs = [
  Expect<Equal<typeof image, Tensor<["batch", 28, 28, 1]>>>,
  Expect<Equal<typeof ids, IntTensor<["batch", 16]>>>,
  Expect<Equal<typeof time, Tensor<["batch", "time", 64]>>>,
  Expect<Equal<typeof constant, Tensor<["batch", 28, 28, 1]>>>,
  Expect<Equal<typeof unknownRank, Tensor<["batch", ...number[]]>>>,
  Expect<Equal<typeof unknownSize, Tensor<["batch", number, 3]>>>,
];
// @ts-expect-error a misspelt option
graph.input("x", [3], { type: "int" });
// @ts-expect-error whole numbers are not floats
export const wrong: Tensor<["batch", 16]> = ids;

const block = graph.dense(128).relu().conv2d(32, { kernel: 3 });
const convolutions = graph.conv2d(16, { kernel: 3, stride: 2 }).relu();
const piped = image.pipe(convolutions).pipe(convolutions);
const nested = image.pipe(graph.pipe(convolutions).pipe((x) => x.maxPool(2)));
const called = image.pipe((x) => x.flatten().dense(3));
const empty = image.pipe(graph);
export type Blocks = [
  Expect<Equal<typeof block, Block<[Dense<128>, Relu, Conv2d<32, Window<3, 1, "SAME", 1>, 1>]>>>,
  Expect<Equal<typeof piped, Tensor<["batch", 7, 7, 16]>>>,
  Expect<Equal<typeof nested, Tensor<["batch", 7, 7, 16]>>>,
  Expect<Equal<typeof called, Tensor<["batch", 3]>>>,
  Expect<Equal<typeof empty, Tensor<["batch", 28, 28, 1]>>>,
];
// @ts-expect-error a misfit inside
row.pipe(block);
// @ts-expect-error not a block
row.pipe(3);

const kept = image.residual(graph.conv2d(1, { kernel: 3 }).relu());
const keptByCall = row.residual((x) => x.dense(5).relu().dense(10));
const keptInside = graph.residual((x) => x.dense(10).relu());
const appliedInside = row.pipe(keptInside);
export type Residuals = [
  Expect<Equal<typeof kept, Tensor<["batch", 28, 28, 1]>>>,
  Expect<Equal<typeof keptByCall, Tensor<["batch", 10]>>>,
  Expect<Equal<typeof appliedInside, Tensor<["batch", 10]>>>,
];
// @ts-expect-error the branch changes the shape
row.residual(graph.dense(11));
// @ts-expect-error the branch changes the shape
row.residual((x) => x.dense(11));
// @ts-expect-error the branch changes the shape, deep inside
row.pipe(graph.relu().pipe(graph.residual(graph.dense(11))));
// @ts-expect-error the branch changes the dtype
ids.residual(graph.embedding({ vocab: 3, features: 3 }));

const encoder = graph.block("encoder", graph.dense(64).relu());
const encoded = row.pipe(encoder);
const longer = graph.block("longer", (x) => x.pipe(encoder).dense(3), { shared: true });
const encodedLonger = row.pipe(longer);
const pooled = graph.block("pooled", (x) => x.maxPool(3, { stride: [3, 2] }).conv2d(8, { kernel: 3 }));
export type NamedBlocks = [
  Expect<
    Equal<
      typeof pooled,
      Block<[NamedBlock<"pooled", [MaxPool<3, readonly [3, 2], "VALID">, Conv2d<8, Window<3, 1, "SAME", 1>, 1>]>]>
    >
  >,
  Expect<Equal<typeof encoder, Block<[NamedBlock<"encoder", [Dense<64>, Relu]>]>>>,
  Expect<Equal<typeof encoded, Tensor<["batch", 64]>>>,
  Expect<Equal<typeof encodedLonger, Tensor<["batch", 3]>>>,
];
// @ts-expect-error a misfit inside
ids.pipe(encoder);
// @ts-expect-error a misspelt option
graph.block("x", graph.relu(), { share: true });
// @ts-expect-error not a block
graph.block("x", row);
// @ts-expect-error not a block
graph.block("x", () => row);

// blocks that differ stay apart; a block whose length is not known gives an unknown rank
const deep = (big: boolean) => (big ? graph.dense(8).relu() : graph.dense(4).relu());
const eitherDepth = row.pipe(deep(n > 3));
let grown: Block = graph.relu();
for (let i = 0; i < 3; i++) grown = grown.dense(8);
const ofAnyLength = row.pipe(grown as Block);
const keptAnyLength = row.residual(grown as Block);
export type Unclear = [
  Expect<Equal<typeof eitherDepth, Tensor<["batch", 8]> | Tensor<["batch", 4]>>>,
  Expect<Equal<typeof ofAnyLength, Tensor>>,
  Expect<Equal<typeof keptAnyLength, Tensor<["batch", 10]>>>,
];

// tensors widen, unions pass through, and a helper may be generic in its sizes
export const wide: [AnyTensor, Tensor, IntTensor, Block] = [image, image, ids, block];
declare const either: Tensor<["batch", 8]> | Tensor<["batch", 16]>;
export const three: Tensor<["batch", 3]> = either.dense(3);
let looped: Tensor<["batch", number, number, number]> = graph.input("x", [224, 224, 3]);
for (const filters of [64, 128, 256]) looped = looped.conv2d(filters, { kernel: 3 }).relu().maxPool(2);
export const classes: Tensor<["batch", 10]> = looped.flatten().dense(10);
const convolution = <H extends number, W extends number, C extends number>(x: Tensor<["batch", H, W, C]>, filters: C) =>
  x.conv2d(filters, { kernel: 3 }).relu().add(x);
const generic = graph.input("x", [56, 56, 64]).pipe((x) => convolution(x, 64));
export type Generic = [Expect<Equal<typeof generic, Tensor<["batch", 56, 56, 64]>>>];

// after a misfit the rank is unknown: no second error
// @ts-expect-error a misfit
const afterMisfit = row.conv2d(8, { kernel: 3 });
const afterThat = afterMisfit.dense(3);
export type AfterMisfit = [Expect<Equal<typeof afterMisfit, Tensor>>, Expect<Equal<typeof afterThat, Tensor<Dim[]>>>];
