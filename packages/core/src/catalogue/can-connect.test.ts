import { expect, test } from "vitest";
import { graph, head, type ModelDocument, model } from "../index.ts";
import { canConnect } from "./can-connect.ts";

const image = graph.input("image", [8, 8, 1]);
const ids = graph.input("ids", [4], { dtype: "int" });
const words = ids.embedding({ vocab: 9, features: 5, name: "words" }).flatten();
const half = graph.block("half", graph.dense(3, { name: "inner" }).relu());
const pixels = image.conv2d(4, { kernel: 3, name: "first" }).flatten().dense(20, { name: "wide" });
const document = model({
  inputs: { image, ids },
  heads: { kind: head.classification(pixels.add(words).pipe(half), { classes: 3, logits: true }) },
}).document;

const draw = (node: ModelDocument["nodes"][number]): ModelDocument => ({
  ...document,
  nodes: [...document.nodes, node],
});

test.each([
  ["first", "first"],
  ["wide", "first"],
  ["half1", "first"],
])("%s -> %s would be a cycle", (from, to) => {
  const outcome = canConnect(document, from, to);
  expect(outcome).toMatchObject({ ok: false, at: to });
  expect(outcome).toHaveProperty("reason", expect.stringMatching(/^first -> .*first would be a cycle: /));
});

test.each([
  ["image", "first", undefined],
  ["flatten2", "add1", "x"],
  ["wide", "add1", "other"],
  ["half/inner", "half/relu1", "x"],
])("%s -> %s is possible", (from, to, port) => {
  expect(canConnect(document, from, to, port === undefined ? {} : { port })).toEqual({ ok: true });
});

test.each([
  ["ids", "first", {}, "first", "conv2d needs float, but its input is int."],
  ["words", "first", {}, "first", "conv2d needs [batch, height, width, channels], but its input is [batch, 4, 5]."],
  ["first", "add1", { port: "other" }, "add1", "add: shapes do not broadcast: [batch, 20] and [batch, 8, 8, 4]."],
  ["wide", "add1", { port: "thing" }, "add1", 'add has no port "thing". It has x, other.'],
  ["wide", "image", {}, "image", '"image" (input) has no ports.'],
  ["wide", "nothing", {}, "nothing", 'there is no node "nothing".'],
  ["nothing", "wide", {}, "nothing", 'there is no node "nothing".'],
  [
    "wide",
    "half/relu1",
    {},
    "half/relu1",
    '"wide" and "half/relu1" lie in different graphs: a block reads nothing but its own input.',
  ],
  ["first", "half1", {}, "half1", "block half takes float [batch, 20], but its input is float [batch, 8, 8, 4]."],
])("%s -> %s: not", (from, to, options, at, reason) => {
  expect(canConnect(document, from, to, options)).toEqual({ ok: false, at, reason });
});

test("what depends on the node must still fit, heads too", () => {
  expect(canConnect(document, "image", "flatten1")).toEqual({ ok: true });
  expect(canConnect(document, "half/x", "half/relu1")).toEqual({
    ok: false,
    at: "kind",
    reason: '"kind": head "kind" needs 3 features for the logits of 3 classes, but [batch, 20] has 20.',
  });
});

test("a document may be half drawn: a node waits for its other operand, and an older mistake is not this edge's", () => {
  const waiting = draw({ id: "sum", type: "add", inputs: [], params: {} });
  expect(canConnect(waiting, "wide", "sum")).toEqual({ ok: true });
  const broken = draw({ id: "pool", type: "globalAvgPool", inputs: ["wide"], params: {} });
  expect(canConnect(broken, "image", "first")).toEqual({ ok: true });
  expect(canConnect(broken, "flatten2", "pool")).toMatchObject({ ok: false, at: "pool" });
  expect(canConnect({ ...document, heads: [] }, "image", "first")).toEqual({ ok: true });
});
