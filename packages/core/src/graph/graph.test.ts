import { inspect } from "node:util";
import { expect, test } from "vitest";
import { below, caught, here } from "../../test/caught.ts";
import { untyped } from "../../test/untyped.ts";
import { nodes } from "../nodes/index.ts";
import { graph, isBlock, isTensor, nodeOf, tensorOf } from "./index.ts";

const image = graph.input("image", [28, 28, 1]);

test("a graph is a chain of nodes, from the output back to the inputs", () => {
  const logits = image.conv2d(32, { kernel: 3 }).relu().maxPool(2).flatten().dense(10);
  const types: string[] = [];
  for (let node = nodeOf(logits); ; node = node.inputs[0]!) {
    types.unshift(node.type);
    if (node.inputs.length === 0) break;
  }
  expect(types).toEqual(["input", "conv2d", "relu", "maxPool", "flatten", "dense"]);
  expect(nodeOf(tensorOf(nodeOf(logits)))).toBe(nodeOf(logits));
});

test("two branches share what stands before them", () => {
  const trunk = image.flatten();
  const sum = nodeOf(trunk.dense(3).add(trunk.dense(3)));
  expect(sum.inputs[0]).not.toBe(sum.inputs[1]);
  expect(sum.inputs[0]!.inputs[0]).toBe(sum.inputs[1]!.inputs[0]);
});

test("tensors, nodes and blocks cannot be changed", () => {
  const block = graph.relu();
  const node = nodeOf(image.conv2d(32, { kernel: 3 }));
  const values = [image, image.shape, node, node.params, node.params.kernel, node.inputs, block, block.ops, graph];
  for (const value of values) expect(() => Object.assign(value as object, { shape: [], 0: 1 })).toThrow(TypeError);
  expect(graph.ops).toEqual([]);
});

test("each node remembers the line of its own call", () => {
  const first = here();
  const logits = image
    .flatten() // one call a line
    .dense(10);
  const dense = nodeOf(logits);
  const lines = [dense.inputs[0]!, dense].map(({ site }) => `${site!.file.split("/").at(-1)}:${site!.line}`);
  expect(lines).toEqual([below(first, 2), below(first, 3)]);
});

test("an error says where the call is, in its message as well", () => {
  const first = here();
  const error = caught(() => untyped(image).dense(-1));
  expect(error).toMatchObject({ at: below(first, 1), appliedAt: undefined });
  expect(() => untyped(image).dense(-1)).toThrow(/at \S+graph\.test\.ts:\d+:\d+$/);
});

test("an operation of a block checks its arguments where it is written", () => {
  const first = here();
  expect(caught(() => graph.dense(64).dense(0 as number))).toMatchObject({
    code: "bad-parameter",
    at: below(first, 1),
  });
});

test("every kind of node has its method on tensors and on blocks", () => {
  const names = Object.keys(nodes).filter((type) => !["input", "block", "constant"].includes(type));
  for (const name of [...names, "pipe", "residual"]) {
    expect(untyped(image)[name], name).toBeTypeOf("function");
    expect(untyped(graph)[name], name).toBeTypeOf("function");
  }
});

test("what is printed is what a hover shows", () => {
  expect(inspect(image)).toBe('Tensor<["batch", 28, 28, 1]>');
  expect(inspect(graph.input("ids", [16], { dtype: "int" }))).toBe('IntTensor<["batch", 16]>');
  expect(inspect(graph.dense(3).relu())).toBe("Block<[dense, relu]>");
  expect([isTensor(image), isBlock(image), isTensor(graph), isBlock(graph)]).toEqual([true, false, false, true]);
});
