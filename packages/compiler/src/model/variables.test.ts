import type { NodeDocument } from "@flaxen/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scope } from "../python/names.ts";
import { groupNodes, rootOf } from "./groups.ts";
import { assignVariables } from "./variables.ts";

const graph = (
  edges: Readonly<Record<string, readonly [type: string, ...inputs: string[]]>>,
): readonly NodeDocument[] =>
  Object.entries(edges).map(([id, [type, ...inputs]]) => ({ id, type, inputs, params: {} }));

const withBlock = (nodes: readonly NodeDocument[]): readonly NodeDocument[] =>
  nodes.map((node) => (node.type === "block" ? { ...node, params: { block: "encoder", shared: false } } : node));

/** "x = conv1 norm1 relu1": the lines of `__call__`, as variables and ids. */
const lines = (
  nodes: readonly NodeDocument[],
  outputs: readonly string[],
  inputs: readonly string[],
  isWhole?: (id: string) => boolean,
) => {
  const groups = groupNodes(nodes, outputs);
  const names = scope();
  const claimed = new Map(inputs.map((id) => [id, names.claim(id)]));
  const variables = assignVariables(claimed, groups, outputs, names, [], isWhole);
  return groups.map((group) => `${variables.get(rootOf(group).id)} = ${group.map(({ id }) => id).join(" ")}`);
};

test("a chain runs in one variable, three calls a line at most", () => {
  const nodes = graph({
    conv1: ["conv2d", "image"],
    norm1: ["batchNorm", "conv1"],
    relu1: ["relu", "norm1"],
    pool1: ["maxPool", "relu1"],
    dense1: ["dense", "pool1"],
  });
  expect(lines(nodes, ["dense1"], ["image"])).toEqual(["x = conv1 norm1 relu1", "x = pool1", "x = dense1"]);
});

test("what is made beside a value that is read again runs in a second variable", () => {
  const nodes = graph({
    dense1: ["dense", "image"],
    relu1: ["relu", "dense1"],
    conv2: ["conv2d", "relu1"],
    norm2: ["batchNorm", "conv2"],
    conv3: ["conv2d", "norm2"],
    norm3: ["batchNorm", "conv3"],
    add1: ["add", "relu1", "norm3"],
    relu2: ["relu", "add1"],
  });
  expect(lines(nodes, ["relu2"], ["image"])).toEqual([
    "x = dense1 relu1",
    "y = conv2 norm2",
    "y = conv3 norm3",
    "x = add1 relu2",
  ]);
});

test("where that takes more than two, what is read again has a name of its own", () => {
  const nodes = graph({
    conv1: ["conv2d", "image"],
    pool1: ["maxPool", "conv1"],
    conv2: ["conv2d", "pool1"],
    pool2: ["maxPool", "conv2"],
    conv3: ["conv2d", "pool2"],
    concat1: ["concat", "conv3", "conv2"],
    conv4: ["conv2d", "concat1"],
    concat2: ["concat", "conv4", "conv1"],
  });
  expect(lines(nodes, ["concat2"], ["image"])).toEqual([
    "conv1 = conv1",
    "x = pool1",
    "conv2 = conv2",
    "x = pool2",
    "x = conv3 concat1",
    "x = conv4 concat2",
  ]);
});

test("a mask is no step of a chain", () => {
  const nodes = graph({
    embedding1: ["embedding", "words"],
    greater1: ["greater", "words"],
    attention1: ["attention", "embedding1", "greater1"],
    attention2: ["attention", "attention1", "greater1"],
  });
  const expected = ["x = embedding1", "greater1 = greater1", "x = attention1", "x = attention2"];
  expect(lines(nodes, ["attention2"], ["words"], (id) => id === "greater1")).toEqual(expected);
});

test("a layer stands around the normalisation that a statement begins with, a sum around three calls", () => {
  const nodes = graph({
    layerNorm1: ["layerNorm", "x"],
    attention1: ["attention", "layerNorm1"],
    add1: ["add", "x", "attention1"],
    layerNorm2: ["layerNorm", "add1"],
    dense1: ["dense", "layerNorm2"],
    relu1: ["relu", "dense1"],
    add2: ["add", "add1", "relu1"],
    norm1: ["batchNorm", "add2"],
    dense2: ["dense", "norm1"],
  });
  expect(lines(nodes, ["dense2"], ["x"])).toEqual([
    "x = layerNorm1 attention1 add1",
    "x = layerNorm2 dense1 relu1 add2",
    "x = norm1 dense2",
  ]);
});

test("a layer that the user named names its value; an input called x is not overwritten while it is needed", () => {
  const nodes = graph({
    trunk: ["dense", "x"],
    relu1: ["relu", "trunk"],
    dense1: ["dense", "relu1"],
    dense2: ["dense", "dense1"],
    add1: ["add", "x", "dense2"],
  });
  expect(lines(nodes, ["relu1", "add1"], ["x"])).toEqual(["trunk = trunk relu1", "y = dense1", "x = dense2 add1"]);
});

test("a name that ends in a digit is a name; a named block names its value, whatever is around it", () => {
  const nodes = graph({
    stage2: ["dense", "image"],
    relu1: ["relu", "stage2"],
    encoder1: ["block", "relu1"],
    relu2: ["relu", "encoder1"],
    dense1: ["dense", "relu2"],
    dense2: ["dense", "dense1"],
    add1: ["add", "relu1", "dense2"],
    add2: ["add", "add1", "relu2"],
  });
  expect(lines(withBlock(nodes), ["add2"], ["image"])).toEqual([
    "stage2 = stage2 relu1",
    "encoder1 = encoder1 relu2",
    "x = dense1",
    "x = dense2 add1 add2",
  ]);
});

test("of two ways from the input called x the second goes on in x", () => {
  const nodes = graph({
    conv1: ["conv2d", "x"],
    conv2: ["conv2d", "conv1"],
    conv3: ["conv2d", "x"],
    norm3: ["batchNorm", "conv3"],
    add1: ["add", "conv2", "norm3"],
    relu1: ["relu", "add1"],
  });
  expect(lines(nodes, ["relu1"], ["x"])).toEqual(["y = conv1", "y = conv2", "x = conv3 norm3", "x = add1 relu1"]);
});

test("a sum with the input called x, which nothing reads again, goes on as x", () => {
  const nodes = graph({
    pool1: ["maxPool", "x"],
    pool2: ["maxPool", "pool1"],
    add1: ["add", "x", "pool2"],
    pool3: ["maxPool", "add1"],
    pool4: ["maxPool", "pool3"],
    add2: ["add", "add1", "pool4"],
  });
  expect(lines(nodes, ["add2"], ["x"])).toEqual([
    "y = pool1",
    "y = pool2",
    "x = add1",
    "y = pool3",
    "y = pool4",
    "x = add2",
  ]);
});

test("whatever the graph, every statement finds the values that it reads", () => {
  const types = ["conv2d", "relu", "layerNorm", "maxPool", "add", "dense", "block"] as const;
  const anyGraph = fc.array(fc.tuple(fc.constantFrom(...types), fc.nat(), fc.nat()), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(anyGraph, fc.constantFrom("x", "image"), fc.array(fc.nat(), { maxLength: 2 }), (drawn, input, more) => {
      const ids: readonly string[] = [input, ...drawn.map(([type], i) => (i % 5 === 4 ? `named${i}` : `${type}${i}`))];
      const nodes = withBlock(
        drawn.map(([type, near, far], i) => {
          const inputs = [ids[i - Math.min(i, near % 3)]!, ...(type === "add" ? [ids[far % (i + 1)]!] : [])];
          return { id: ids[i + 1]!, type, inputs, params: {} };
        }),
      );
      const outputs = [ids.at(-1)!, ...more.map((place) => ids[place % ids.length]!)];
      const groups = groupNodes(nodes, outputs);
      const names = scope();
      const variables = assignVariables(new Map([[input, names.claim(input)]]), groups, outputs, names);
      const held = new Map<string | undefined, string>([[variables.get(input), input]]);
      for (const group of groups) {
        const inside = new Set(group.map(({ id }) => id));
        for (const read of group.flatMap(({ inputs }) => inputs))
          if (!inside.has(read)) expect(held.get(variables.get(read))).toBe(read);
        held.set(variables.get(rootOf(group).id), rootOf(group).id);
      }
      for (const output of outputs) expect(held.get(variables.get(output))).toBe(output);
    }),
    { numRuns: 300 },
  );
});
