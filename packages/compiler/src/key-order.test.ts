import { data, type ExperimentDocument, experiment, graph, head, model } from "@flaxen/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { experiments as goldens, hostile } from "../test/experiments.ts";
import { compile } from "./compile.ts";
import { configText } from "./config-text.ts";

/** Where an order shows: two names that are one hyperparameter, blocks in blocks, files of one name. */
const colliding = () => {
  const left = graph.input("left", [4]);
  const right = graph.input("right", [4]);
  const inner = graph.block("a", graph.dense(4).dropout(0.1, { name: "bC" }));
  const outer = graph.block("aB", graph.residual(inner).dropout(0.2, { name: "c" }));
  const both = left.pipe(outer).add(right.pipe(inner)).pipe(outer);
  const pairs = model({
    inputs: { left, right },
    heads: {
      zebra: head.classification(both, { classes: 3, metrics: ["accuracy", "top2"] }),
      ape: head.regression(both, { outputs: 2, weight: 0.5, metrics: ["rmse"] }),
      mule: head.classification(both, { classes: 2 }),
    },
  });
  const files = (folder: string) =>
    Object.fromEntries(["mule", "zebra", "right", "ape", "left"].map((name) => [name, `${folder}/${name}/rows.idx`]));
  return experiment(pairs, { data: data.idx({ train: files("train"), validation: files("held") }), epochs: 2 });
};

const table = () => {
  const house = graph.input("house", [2]);
  const street = graph.input("street", [1]);
  const features = house.dense(4).add(street.dense(4));
  const prices = model({
    inputs: { street, house },
    heads: { rent: head.regression(features), price: head.regression(features) },
  });
  const options = { features: { street: "noise", house: ["area", "age"] }, targets: { price: "price", rent: "rent" } };
  return experiment(prices, { data: data.csv("houses.csv", options), steps: 5 });
};

/** The same value with the keys of every object in another order. */
const shuffled = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => ({ key, item: shuffled(item, random), at: random() }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, item }) => [key, item]));
};

const experiments = { ...goldens, hostile, colliding, table };

test.each(Object.keys(experiments))(
  "%s compiles to the same bytes, whatever the order of its document's keys",
  (name) => {
    const { document } = experiments[name as keyof typeof experiments]!();
    const expected = compile(document);
    const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(numbers, (stream) => {
        const compiled = compile(shuffled(document, () => stream.next().value) as ExperimentDocument);
        expect(JSON.stringify(compiled)).toBe(JSON.stringify(expected));
        expect(configText(compiled.config)).toBe(configText(expected.config));
      }),
      { numRuns: 20 },
    );
  },
);
