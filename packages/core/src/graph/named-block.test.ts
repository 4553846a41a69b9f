import { expect, test } from "vitest";
import { below, caught, here } from "../../test/caught.ts";
import { image, row, untyped } from "../../test/untyped.ts";
import { freezeModel } from "../document/freeze-model.ts";
import { head } from "../heads/index.ts";
import { graph, nodeOf } from "./index.ts";

const encoder = graph.block("encoder", graph.dense(64).relu());

test("an application is one node that knows the body", () => {
  const node = nodeOf(row.pipe(encoder));
  expect(node).toMatchObject({
    type: "block",
    params: { block: "encoder", shared: false },
    inputs: [nodeOf(row)],
    shape: ["batch", 64],
    dtype: "float",
  });
  const { name, shared, input, output } = node.block!;
  expect({ name, shared }).toEqual({ name: "encoder", shared: false });
  expect(input).toMatchObject({ type: "input", name: "x", params: { shape: [10], dtype: "float" } });
  expect(output.type).toBe("relu");
  expect(output.inputs[0]!.inputs[0]).toBe(input);
});

test("one shape, one definition; one block, one source", () => {
  const [first, second] = [row.pipe(encoder), graph.input("x", [10]).pipe(encoder)].map((x) => nodeOf(x).block!);
  expect(first).toBe(second);
  const wider = nodeOf(graph.input("x", [12]).pipe(encoder)).block!;
  expect(wider).not.toBe(first);
  expect(wider.source).toBe(first!.source);
  const other = nodeOf(row.pipe(graph.block("encoder", graph.dense(64).relu()))).block!;
  expect(other.source).not.toBe(first!.source);
});

test("it is piped, added to and put into other blocks", () => {
  const same = graph.block("same", (x) => x.dense(10), { shared: true });
  expect(nodeOf(row.residual(same)).inputs[1]).toMatchObject({
    type: "block",
    params: { block: "same", shared: true },
  });
  const outer = graph.block("outer", graph.relu().pipe(same).dense(3));
  const body = nodeOf(row.pipe(outer)).block!.output;
  expect(body.inputs[0]).toMatchObject({ type: "block", params: { block: "same" } });
});

test("the node's site is the application, its body's sites are the body's", () => {
  const first = here();
  const block = graph.block("part", graph.dense(3));
  const node = nodeOf(row.pipe(block));
  const line = (site: { readonly line: number } | undefined) => `named-block.test.ts:${site!.line}`;
  expect(line(node.site)).toBe(below(first, 2));
  expect(line(node.block!.output.site)).toBe(below(first, 1));
  expect(line(node.block!.site)).toBe(below(first, 1));
});

test("a misfit inside is told with the block's name", () => {
  const first = here();
  const block = graph.block("pool", graph.relu().maxPool(2));
  expect(caught(() => untyped(row).pipe(block))).toEqual({
    code: "shape-mismatch",
    sentence:
      'op 2 of block "pool": maxPool needs 1 to 3 axes between batch and channels, but its input is [batch, 10]',
    node: "maxPool",
    at: below(first, 1),
    appliedAt: below(first, 2),
  });
});

test("a tensor from outside is handed in, as the operand after the first", () => {
  const other = graph.input("other", [10]).relu();
  const block = graph.block("sum", graph.dense(10).add(other).add(other));
  const node = nodeOf(row.pipe(block));
  expect(node.inputs).toEqual([nodeOf(row), nodeOf(other)]);
  expect(node.block!.context).toEqual([nodeOf(other)]);
});

test("what a function computes from a tensor outside belongs to the block; what was there before does not", () => {
  const other = graph.input("other", [8]);
  const before = other.dense(10);
  const block = graph.block("sum", (x) => x.add(other.dense(10)).add(before));
  expect(nodeOf(row.pipe(block)).inputs).toEqual([nodeOf(row), nodeOf(other), nodeOf(before)]);
});

test("a block in a block hands on what it is handed", () => {
  const other = graph.input("other", [10]).relu();
  const inner = graph.block("inner", graph.add(other));
  const outer = nodeOf(row.pipe(graph.block("outer", graph.dense(10).pipe(inner))));
  expect(outer.inputs).toEqual([nodeOf(row), nodeOf(other)]);
  expect(outer.block!.output.inputs[1]).toBe(nodeOf(other));
});

test("a numbered block goes beside another of its name; others are refused", () => {
  const made = (units: number, numbered: boolean) => graph.block("part", graph.dense(units), { numbered });
  const blocksOf = (numbered: boolean) =>
    Object.keys(
      freezeModel("net", { price: head.regression(row.pipe(made(3, numbered)).pipe(made(4, numbered))) }).model.blocks,
    );
  expect(blocksOf(true)).toEqual(["part", "part2"]);
  expect(() => blocksOf(false)).toThrow('two different blocks are called "part"');
});

test.each([
  ['block: name must be a letter, then letters, digits and _ (64 at most), but it is "2nd"', ["2nd", graph.relu()]],
  ["block needs name; it must be a string", [undefined, graph.relu()]],
  ["block: its body must be a block, or a function that returns one, but it is a tensor", ["x", image]],
  ['block "x" has no operations', ["x", graph]],
  ['block has no option "share". Did you mean "shared"?', ["x", graph.relu(), { share: true }]],
  ["block: shared must be true or false, but it is 1", ["x", graph.relu(), { shared: 1 }]],
  ["block: its options must be an object, but they are true", ["x", graph.relu(), true]],
])("%s", (sentence, args) => {
  expect(caught(() => untyped(graph).block(...args))).toMatchObject({
    sentence,
    at: expect.stringMatching(/^named-block\.test\.ts/),
  });
});
