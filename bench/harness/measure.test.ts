import { expect, test } from "vitest";
import { type Goal, type Measure, outcomeOf } from "./measure.ts";

const measure = (definition: "ours / peer" | "peer / ours", goal?: Goal): Measure => ({
  name: "step-test",
  about: "a test",
  unit: "µs/step",
  definition,
  ...(goal && { goal }),
});

test("a line of JSON has just the agreed fields, in their order", () => {
  const faster = measure("peer / ours", { relation: ">=", value: 2 });
  expect(JSON.stringify(outcomeOf(faster, { ours: [90, 80, 100], peer: [270, 280, 250] }))).toBe(
    '{"name":"step-test","ours":90,"peer":270,"ratio":3,"unit":"µs/step","goal":"peer / ours >= 2","holds":true}',
  );
});

test("the ratio divides as its definition says", () => {
  const samples = { ours: [100], peer: [80] };
  expect(outcomeOf(measure("ours / peer"), samples).ratio).toBe(1.25);
  expect(outcomeOf(measure("peer / ours"), samples).ratio).toBe(0.8);
});

test("a goal is judged before anything is rounded", () => {
  const goal = measure("ours / peer", { relation: "<=", value: 1.05 });
  const missed = outcomeOf(goal, { ours: [1.05001], peer: [1] });
  expect(missed).toMatchObject({ ratio: 1.05, holds: false });
  expect(outcomeOf(goal, { ours: [1.05], peer: [1] }).holds).toBe(true);
});

test("without a goal nothing holds or fails, without a peer the goal is about ours", () => {
  expect(outcomeOf(measure("peer / ours"), { ours: [2], peer: [4] })).toMatchObject({ goal: null, holds: null });
  const alone: Measure = { name: "predict", about: "a test", unit: "ms", goal: { relation: "<", value: 20 } };
  const expected = { ours: 3, peer: null, ratio: null, goal: "ours (ms) < 20", holds: true };
  expect(outcomeOf(alone, { ours: [3, 900, 2] })).toMatchObject(expected);
  expect(outcomeOf(alone, { ours: [20] }).holds).toBe(false);
});

test("a peer that was not measured is an error, not a missing number", () => {
  expect(() => outcomeOf(measure("peer / ours"), { ours: [1] })).toThrow("step-test: the peer was not measured.");
});
