import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { graph, head, model } from "../index.ts";

const row = graph.input("row", [8]);
const predict = (features: Parameters<typeof head.regression>[0] & any) => head.regression(features);
const ids = (net: ReturnType<typeof model>) => net.document.nodes.map(({ id }) => id);

test("ids are stems and numbers, operands first, heads in their order", () => {
  const right = graph.input("right", [4]);
  const trunk = row.dense(4).relu();
  const net = model({
    inputs: { right, row },
    heads: { a: predict(trunk.add(right.dense(4))), b: predict(trunk.dropout(0.5).batchNorm()) },
  });
  expect(ids(net)).toEqual(["row", "dense1", "relu1", "right", "dense2", "add1", "dropout1", "norm1"]);
  expect(net.document.heads).toMatchObject([
    { name: "a", input: "add1" },
    { name: "b", input: "norm1" },
  ]);
});

test("a user's name wins, and no number makes it twice", () => {
  const features = row.dense(4, { name: "dense2" }).dense(4).dense(4).dense(4, { name: "Dense_3" });
  const net = model({ inputs: { row }, heads: { dense1: predict(features) } });
  expect(ids(net)).toEqual(["row", "dense2", "dense3", "dense4", "Dense_3"]);
});

test("every node and head has the call that made it; the document and its hash do not", () => {
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(graph.block("body", graph.dense(4).relu()))) } });
  expect(Object.keys(net.sites).sort()).toEqual(["body/dense1", "body/relu1", "body1", "row", "y"]);
  expect(net.sites["body/dense1"]?.file).toMatch(/freeze-model\.test\.ts$/);
  expect(JSON.stringify(net)).not.toContain("freeze-model");
});

test("an anonymous block stands in the graph once per application, with weights of its own", () => {
  const body = graph.dense(8).relu();
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(body).residual(body)) } });
  expect(ids(net)).toEqual(["row", "dense1", "relu1", "dense2", "relu2", "add1"]);
  expect(Object.keys(net.weights)).toEqual([
    "dense1/kernel",
    "dense1/bias",
    "dense2/kernel",
    "dense2/bias",
    "y/kernel",
    "y/bias",
  ]);
});

test("a named block is one definition; another shape makes a second one", () => {
  const encoder = graph.block("encoder", graph.dense(4).relu());
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(encoder).pipe(encoder).pipe(encoder)) } });
  expect(ids(net)).toEqual(["row", "encoder1", "encoder2", "encoder3"]);
  expect(net.document.nodes.map(({ params }) => params.block)).toEqual([undefined, "encoder", "encoder2", "encoder2"]);
  expect(Object.keys(net.document.blocks)).toEqual(["encoder", "encoder2"]);
  expect(net.weights["encoder1/dense1/kernel"]?.shape).toEqual([8, 4]);
  expect(net.parameterCount).toBe(8 * 4 + 4 + 2 * (4 * 4 + 4) + 4 + 1);
});

test("a shared block's weights stand once, under its name", () => {
  const encoder = graph.block("encoder", graph.dense(8), { shared: true });
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(encoder).add(row.pipe(encoder))) } });
  expect(Object.keys(net.weights)).toEqual(["encoder/dense1/kernel", "encoder/dense1/bias", "y/kernel", "y/bias"]);
});

test("blocks stand after the blocks that they apply", () => {
  const inner = graph.block("inner", graph.dense(8));
  const outer = graph.block("outer", graph.residual(inner).relu());
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(outer)) } });
  expect(Object.keys(net.document.blocks)).toEqual(["inner", "outer"]);
  expect(net.document.blocks.outer?.nodes.map(({ id }) => id)).toEqual(["x", "inner1", "add1", "relu1"]);
});

test("a function that makes the same block anew makes the same definition", () => {
  const block = () => graph.block("block", graph.dense(8).relu());
  const net = model({ inputs: { row }, heads: { y: predict(row.pipe(block()).pipe(block())) } });
  expect(Object.keys(net.document.blocks)).toEqual(["block"]);
});

const refused: readonly (readonly [string, () => unknown, string, string])[] = [
  [
    "two nodes of one name",
    () => predict(row.dense(8, { name: "a" }).dense(8, { name: "a" })),
    "duplicate-name",
    'two things are called "a"',
  ],
  ["a node with a head's name", () => predict(row.dense(8, { name: "y" })), "duplicate-name", 'dense "y" and head "y"'],
  [
    "a node with a shared block's name",
    () => predict(row.dense(8, { name: "e" }).pipe(graph.block("e", graph.dense(8), { shared: true }))),
    "duplicate-name",
    'dense "e" and block "e"',
  ],
  [
    "two blocks of one name",
    () => predict(row.pipe(graph.block("b", graph.dense(8))).pipe(graph.block("b", graph.dense(9)))),
    "duplicate-name",
    'two different blocks are called "b"',
  ],
  [
    "a shared block on two shapes",
    () => {
      const shared = graph.block("s", graph.dense(4), { shared: true });
      return predict(row.pipe(shared).pipe(shared));
    },
    "shape-mismatch",
    'block "s" is shared, so it takes one shape: it was applied to [batch, 8] and to [batch, 4]',
  ],
];

test.each(refused)("%s: refused where it was written", (_, create, code, words) => {
  const error = thrown(() => model({ inputs: { row }, heads: { y: create() as any } }));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/freeze-model\.test\.ts$/);
});
