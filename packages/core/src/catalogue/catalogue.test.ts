import { expect, test } from "vitest";
import * as z from "zod";
import { lossDocs, metricDocs } from "../heads/score-docs.ts";
import {
  data,
  dataDefinitions,
  defineLoss,
  defineMetric,
  head,
  heads,
  nodes,
  optimizers,
  role,
  schedules,
} from "../index.ts";
import { catalogue } from "./catalogue.ts";

const whole = catalogue();

test("everything that a document may name is in it", () => {
  expect(Object.keys(whole.nodes)).toEqual(Object.keys(nodes));
  expect(Object.keys(whole.heads)).toEqual(Object.keys(heads));
  expect(Object.keys(whole.heads).sort()).toEqual(Object.keys(head).sort());
  expect(Object.keys(whole.optimizers)).toEqual(Object.keys(optimizers));
  expect(Object.keys(whole.schedules)).toEqual(Object.keys(schedules));
  expect(Object.keys(whole.data)).toEqual(Object.keys(dataDefinitions));
  expect(Object.keys(whole.data).sort()).toEqual(Object.keys(data).sort());
});

test("it is plain JSON, of a size that a language model can read", () => {
  const text = JSON.stringify(whole);
  expect(JSON.parse(text)).toEqual(whole);
  expect(text.length).toBeLessThan(400_000);
});

const parts = Object.entries({
  ...whole.nodes,
  ...whole.heads,
  ...whole.optimizers,
  ...whole.schedules,
  ...whole.data,
});

test.each(parts)("%s has a line of documentation, a schema and a role for each parameter", (type, part) => {
  expect(part.type).toBe(type);
  expect(part.doc).toMatch(/^\S.*\.$/);
  expect(part.parameters.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  const properties = Object.keys(part.parameters.properties ?? {});
  expect(Object.keys(part.roles)).toEqual(properties);
  for (const name of Object.keys(part.defaults)) expect(part.parameters.required ?? []).not.toContain(name);
});

test("losses and metrics say which heads know them, and which of their values is the better one", () => {
  expect(whole.losses.mse!.heads).toContain("regression");
  expect(whole.losses.crossEntropy!.heads).toContain("classification");
  expect(whole.metrics.accuracy).toMatchObject({ better: "larger" });
  expect(whole.metrics.rmse).toMatchObject({ better: "smaller" });
  for (const { heads: knowing } of Object.values({ ...whole.losses, ...whole.metrics }))
    expect(knowing.length).toBeGreaterThan(0);
});

test("every loss and metric has a line of documentation, and a loss its options in each head", () => {
  for (const { doc, heads, options } of Object.values({ ...whole.losses, ...whole.metrics })) {
    expect(doc).toMatch(/^\S.*\.$/);
    expect(Object.keys(options)).toEqual(heads);
  }
  expect(whole.losses.huber!.options.regression).toMatchObject({
    parameters: { properties: { delta: { type: "number", exclusiveMinimum: 0 } } },
    defaults: { delta: 1 },
    roles: { delta: "dynamic" },
  });
  expect(Object.keys(whole.losses.focal!.options.classification!.roles)).toEqual(["gamma", "classWeights"]);
  expect(whole.losses.mse!.options.regression!.parameters.properties).toEqual({});
  const listed = Object.values(heads).flatMap(({ losses, metrics }) => [...losses, ...metrics]);
  expect(Object.keys({ ...lossDocs, ...metricDocs }).filter((name) => !listed.includes(name as never))).toEqual([]);
});

test("losses and metrics of the user's own stand among the others", () => {
  const lossy = defineLoss({
    name: "lossy",
    doc: "Nothing.",
    heads: ["regression"],
    parameters: z.strictObject({ over: role.dynamic(z.number().default(2)) }),
    python: "def lossy(output, target, over):\n    return output[:, 0]",
  });
  const low = defineMetric({
    name: "low",
    heads: ["binary"],
    minimised: true,
    python: "def low(output, target):\n    return output",
  });
  const { losses, metrics } = catalogue({ losses: [lossy], metrics: [low] });
  expect(losses.lossy).toMatchObject({
    doc: "Nothing.",
    heads: ["regression"],
    options: { regression: { defaults: { over: 2 }, roles: { over: "dynamic" } } },
  });
  expect(metrics.low).toMatchObject({ heads: ["binary"], better: "smaller" });
});

test("an optimizer's learning rate is among its parameters", () => {
  expect(whole.optimizers.adam).toMatchObject({ learningRate: 1e-3, defaults: { b1: 0.9 }, roles: { b1: "dynamic" } });
  expect(whole.optimizers.adam!.parameters.properties).toHaveProperty("learningRate");
});
