import { expect, test } from "vitest";
import { graph, head, model } from "../index.ts";
import { summary } from "./summary.ts";

const image = graph.input("image", [8, 8, 1]);
const tied = graph.block("tied", graph.dense(4), { shared: true });
const net = model({
  name: "net",
  inputs: { image },
  heads: {
    kind: head.classification(
      image.conv2d(2, { kernel: 3 }).relu().flatten().dense(4).pipe(tied).pipe(tied).repeat(3, graph.dense(4)),
      { classes: 3 },
    ),
  },
});

test("a row for each node and head; parameters are exact", () => {
  const found = net.summary();
  expect(found.rows.map(({ id }) => id)).toEqual([...net.document.nodes.map(({ id }) => id), "kind"]);
  expect(found.parameters).toBe(net.parameterCount);
  expect(found.rows.reduce((sum, row) => sum + row.parameters, 0)).toBe(net.parameterCount);
  expect(found.rows[1]).toEqual({
    id: "conv1",
    type: "conv2d",
    shape: ["batch", 8, 8, 2],
    dtype: "float",
    weights: { kernel: [3, 3, 1, 2], bias: [2] },
    parameters: 20,
    flops: 2 * 22 * 22 * 2 + 128,
    activationBytes: 4 * 128,
  });
});

test("a block's applications cost what its nodes cost, repetitions as often; shared weights count once", () => {
  const { rows, blocks } = net.summary();
  const [first, second, layers] = rows.filter(({ type }) => /^(block|repeat) /.test(type));
  expect([first!.parameters, second!.parameters, layers!.parameters]).toEqual([20, 0, 60]);
  expect(first!.flops).toBe(2 * 16 + 4);
  expect(second!.flops).toBe(first!.flops);
  expect(layers!.flops).toBe(3 * first!.flops!);
  expect(blocks.tied!.map(({ id }) => id)).toEqual(["tied/x", "tied/dense1"]);
});

test("as text it is a table", () => {
  expect(`${net.summary()}`).toBe(`net: 631 parameters, 2.52 kB of weights

name      type            output            parameters   FLOPs  activations
---------------------------------------------------------------------------
image     input           [batch, 8, 8, 1]
conv1     conv2d          [batch, 8, 8, 2]          20  2.06 k        512 B
relu1     relu            [batch, 8, 8, 2]                 128        512 B
flatten1  flatten         [batch, 128]                                512 B
dense1    dense           [batch, 4]               516  1.03 k         16 B
tied1     block tied      [batch, 4]                20      36         16 B
tied2     block tied      [batch, 4]                        36         16 B
layers1   repeat layer    [batch, 4]                60     108         48 B
kind      classification  [batch, 3]                15      27         12 B
tied:
  x       input           [batch, 4]
  dense1  dense           [batch, 4]                20      36         16 B
layer:
  x       input           [batch, 4]
  dense1  dense           [batch, 4]                20      36         16 B
---------------------------------------------------------------------------
total                                              631  3.43 k      1.64 kB

FLOPs and activations are of one example, forward.`);
});

test("what depends on an open axis is known once its size is given", () => {
  const words = graph.input("words", ["time", 8]);
  const open = model({ inputs: { words }, heads: { price: head.regression(words.dense(4).globalAvgPool()) } });
  expect(open.summary()).toMatchObject({ flops: undefined, activationBytes: undefined, parameters: 41 });
  const closed = summary(open.toJSON(), { sizes: { time: 10 } });
  expect(closed.rows[1]).toMatchObject({ flops: 10 * (2 * 8 * 4 + 4), activationBytes: 4 * 10 * 4 });
  expect(closed.flops).toBeGreaterThan(closed.rows[1]!.flops!);
});
