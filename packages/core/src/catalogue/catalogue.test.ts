import { expect, test } from "vitest";
import { data, dataDefinitions, head, heads, nodes, optimizers, schedules } from "../index.ts";
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

test("an optimizer's learning rate is among its parameters", () => {
  expect(whole.optimizers.adam).toMatchObject({ learningRate: 1e-3, defaults: { b1: 0.9 }, roles: { b1: "dynamic" } });
  expect(whole.optimizers.adam!.parameters.properties).toHaveProperty("learningRate");
});
