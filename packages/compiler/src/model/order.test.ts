import type { NodeDocument } from "@flaxen/core";
import { expect, test } from "vitest";
import { ordered } from "./order.ts";

const nodes = (edges: Readonly<Record<string, readonly string[]>>): readonly NodeDocument[] =>
  Object.entries(edges).map(([id, inputs]) => ({ id, type: "add", inputs: [...inputs], params: {} }));
const ids = (list: readonly NodeDocument[]) => list.map(({ id }) => id);

test("an order that has operands first is the order of reading, and stays", () => {
  const tower = nodes({ left: [], a: ["left"], b: ["a"], right: [], c: ["right"], sum: ["b", "c"] });
  expect(ordered(tower)).toEqual(tower);
});

test("any other order becomes one, ties as the document has them", () => {
  const turned = nodes({ sum: ["b", "a"], b: ["x"], a: ["x"], x: [] });
  expect(ids(ordered(turned))).toEqual(["x", "b", "a", "sum"]);
});
