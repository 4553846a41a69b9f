import type { Equal, Expect } from "../../../test/expect.ts";
import { graph, type Tensor } from "../../graph/index.ts";

const row = graph.input("row", [10]);
const ids = graph.input("ids", [4], { dtype: "int" });

const gated = row.swiglu();
const twice = graph.input("x", ["time", 8]).geglu().glu();
const bent = row.prelu({ perChannel: true, initial: 0.1 }).prelu();
export type Halved = [
  Expect<Equal<typeof gated, Tensor<["batch", 5]>>>,
  Expect<Equal<typeof twice, Tensor<["batch", "time", 2]>>>,
  Expect<Equal<typeof bent, Tensor<["batch", 10]>>>,
];
// @ts-expect-error an odd number of features
row.swiglu().geglu();
// @ts-expect-error whole numbers
ids.prelu();
// @ts-expect-error a misspelt option
row.prelu({ perChanel: true });
