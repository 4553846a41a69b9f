import { graph, head, model, modelWeights, parseDocument } from "@flaxen/core";
import { expect, test } from "vitest";
import { documentOf, hostile } from "../test/experiments.ts";
import { weightNames } from "./weight-names.ts";

test("arrays are called as the attributes that Python can have", () => {
  const twoHeads = weightNames(documentOf("two-heads"));
  expect(twoHeads.get("inkCentre/kernel")).toBe("ink_centre/kernel");
  const odd = weightNames(hostile().document);
  expect(odd.get("class/bias")).toBe("class_/bias");
  expect(odd.get("train/kernel")).toBe("train_/kernel");
  expect(odd.get("None/kernel")).toBe("none/kernel");
  expect(odd.get("Exception1/x1/kernel")).toBe("exception1/x1/kernel");
});

test("every array has a name, and no two have one, with blocks in blocks and names of which one hides another", () => {
  const row = graph.input("row", [4]);
  const inner = graph.block("innerPart", graph.dense(4, { name: "class_" }).dense(4, { name: "class" }), {
    shared: true,
  });
  const outer = graph.block("outerPart", graph.dense(4, { name: "evalIt" }).residual(inner).batchNorm(), {
    shared: true,
  });
  const features = row.pipe(outer).dense(4, { name: "class" }).pipe(outer).dense(4, { name: "class_" });
  const net = model({ inputs: { row }, heads: { if: head.regression(features), eval: head.regression(row) } });
  const names = weightNames(net.toJSON());
  expect([...names.keys()]).toEqual(Object.keys(modelWeights(parseDocument(net.toJSON()))));
  expect(new Set(names.values()).size).toBe(names.size);
  expect([...names.values()].filter((name) => name.endsWith("/kernel"))).toEqual([
    "outer_part/eval_it/kernel",
    "outer_part/inner_part/class_/kernel",
    "outer_part/inner_part/class_2/kernel",
    "class_/kernel",
    "class__/kernel",
    "if_/kernel",
    "eval_/kernel",
  ]);
});

test("a layer's arrays may stand in parts of it", () => {
  const steps = graph.input("steps", [5, 3]);
  const reader = graph.block("reader", graph.gru(2, { direction: "bidirectional", name: "bothWays" }));
  const net = model({ inputs: { steps }, heads: { price: head.regression(steps.pipe(reader)) } });
  const names = weightNames(net.toJSON());
  expect([...names.keys()]).toEqual(Object.keys(modelWeights(parseDocument(net.toJSON()))));
  expect(names.get("reader1/bothWays/forward/kernel")).toBe("reader1/both_ways/forward/kernel");
  expect(names.get("reader1/bothWays/backward/recurrentBias")).toBe("reader1/both_ways/backward/recurrent_bias");
});
