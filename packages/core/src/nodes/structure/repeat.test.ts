import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, untyped } from "../../../test/untyped.ts";
import { freezeModel } from "../../document/freeze-model.ts";
import { graph, nodeOf } from "../../graph/index.ts";
import { head } from "../../heads/index.ts";

const frozen = (features: typeof row) => freezeModel("net", { price: head.regression(features) }).model;

test("one node, and one definition for every repetition", () => {
  const node = nodeOf(row.repeat(12, graph.dense(10).relu(), { name: "tower" }));
  expect(node).toMatchObject({
    type: "repeat",
    name: "tower",
    params: { block: "towerLayer", times: 12, shared: false },
    inputs: [nodeOf(row)],
    shape: ["batch", 10],
    dtype: "float",
  });
  expect(node.block!.output.type).toBe("relu");
  expect(node.block!.output.inputs[0]!.inputs[0]).toBe(node.block!.input);
});

test("a function gets a tensor of its own, so that what it reads from outside is told from what it repeats", () => {
  const doubled = nodeOf(row.repeat(2, (h) => h.add(row)));
  expect(doubled.inputs).toEqual([nodeOf(row), nodeOf(row)]);
  const alone = nodeOf(row.repeat(2, (h) => h.add(h)));
  expect(alone.inputs).toEqual([nodeOf(row)]);
});

test("what is computed inside from a tensor outside is computed in every repetition", () => {
  const memory = graph.input("memory", [4]).relu();
  const { inputs, block } = nodeOf(row.repeat(2, (h) => h.add(memory.dense(10))));
  expect(inputs).toEqual([nodeOf(row), nodeOf(memory)]);
  expect(block!.output.inputs[1]!.type).toBe("dense");
});

test("a named block is repeated itself; one that is shared has one set of weights", () => {
  const encoder = graph.block("encoder", graph.dense(10));
  expect(nodeOf(row.repeat(3, encoder)).params).toEqual({ block: "encoder", times: 3, shared: false });
  expect(nodeOf(row.repeat(3, (h) => h.pipe(encoder))).params).toEqual({ block: "encoder", times: 3, shared: false });
  const tied = graph.block("tied", graph.dense(10), { shared: true });
  expect(nodeOf(row.repeat(3, tied)).params).toEqual({ block: "tied", times: 3, shared: true });
});

test("a named block that reads what is computed inside is wrapped", () => {
  const node = nodeOf(row.repeat(2, (h) => h.pipe(graph.block("sum", graph.add(h.relu())))));
  expect(node.params).toMatchObject({ block: "layer" });
  expect(node.block!.output).toMatchObject({ type: "block", params: { block: "sum" } });
  expect(node.block!.context).toEqual([]);
});

test("in documents bodies without a name are numbered, alike ones are one block", () => {
  const body = graph.dense(10).relu();
  const { blocks, nodes } = frozen(row.repeat(2, body).repeat(3, body).repeat(2, graph.relu()));
  expect(Object.keys(blocks)).toEqual(["layer", "layer2"]);
  expect(nodes.map(({ id, params }) => [id, params.block, params.times])).toEqual([
    ["row", undefined, undefined],
    ["layers1", "layer", 2],
    ["layers2", "layer", 3],
    ["layers3", "layer2", 2],
  ]);
});

test("a block of that name goes beside, whichever comes first", () => {
  const layer = graph.block("layer", graph.dense(10));
  expect(Object.keys(frozen(row.pipe(layer).repeat(2, graph.relu())).blocks)).toEqual(["layer", "layer2"]);
  expect(Object.keys(frozen(row.repeat(2, graph.relu()).pipe(layer)).blocks)).toEqual(["layer", "layer2"]);
});

test("what a body reads from outside is an input of its block, called context", () => {
  const memory = graph.input("memory", [10]);
  const { blocks, nodes } = frozen(row.repeat(2, (h) => h.dense(10).add(memory).add(row.relu()), { name: "decoder" }));
  expect(blocks.decoderLayer!.nodes.map(({ id, type, inputs }) => [id, type, ...inputs])).toEqual([
    ["x", "input"],
    ["context", "input"],
    ["context2", "input"],
    ["dense1", "dense", "x"],
    ["add1", "add", "dense1", "context"],
    ["relu1", "relu", "context2"],
    ["add2", "add", "add1", "relu1"],
  ]);
  expect(nodes.at(-1)).toMatchObject({ id: "decoder", inputs: ["row", "memory", "row"] });
});

test.each([
  ["decoderLayers", "decoderLayer"],
  ["blocks", "block"],
  ["encoder", "encoderLayer"],
  ["axis", "axisLayer"],
])("layers called %s are each a %s", (name, block) => {
  expect(nodeOf(row.repeat(2, graph.relu(), { name })).params.block).toBe(block);
});

test("a block of blocks repeats", () => {
  const tower = graph.repeat(2, graph.dense(10)).relu();
  expect(nodeOf(row.repeat(3, tower)).block!.output.inputs[0]).toMatchObject({ type: "repeat", params: { times: 2 } });
  expect(nodeOf(image.pipe(graph.repeat(2, (h) => h.relu()))).shape).toEqual(image.shape);
});

test.each([
  [
    () => untyped(row).repeat(2, graph.dense(11)),
    "shape-mismatch",
    "repeat: the block turns [batch, 10] into [batch, 11]",
  ],
  [
    () => untyped(row).repeat(2, (h: typeof row) => h.dense(11)),
    "shape-mismatch",
    "repeat: the block turns [batch, 10] into [batch, 11]",
  ],
  [() => untyped(ids).repeat(2, () => graph.input("x", [16])), "wrong-dtype", "repeat: the block turns int into float"],
  [
    () => untyped(row).repeat(2, graph.relu().conv2d(10, { kernel: 1 })),
    "shape-mismatch",
    "repeat: op 2 of the block: conv2d needs [batch, height, width, channels], but its input is [batch, 10]",
  ],
  [() => untyped(row).repeat(0, graph.relu()), "bad-parameter", "repeat: times must be at least 1, but it is 0"],
  [() => untyped(row).repeat(graph.relu()), "bad-parameter", "repeat: times must be a whole number, but it is a block"],
  [
    () => untyped(row).repeat(2, row.relu()),
    "bad-parameter",
    "repeat: block must be a block, or a function that returns what comes out, but it is a tensor",
  ],
  [
    () => untyped(row).repeat(2),
    "bad-parameter",
    "repeat: block must be a block, or a function that returns what comes out, but it is missing",
  ],
  [
    () => untyped(row).repeat(2, graph.relu(), { nam: "x" }),
    "unknown-option",
    'repeat has no option "nam". Did you mean "name"?',
  ],
  [
    () => untyped(row).repeat(2, graph.relu(), "x"),
    "bad-parameter",
    'repeat: its options must be an object, but they are "x"',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
