import { nodes as definitions } from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { operations } from "../../core/test/operations/index.ts";
import { programsOf, shapes } from "../test/nodes-by-rank.ts";
import { lookAt } from "../test/programs.ts";

interface Found {
  /** Of each head: the loss of what it predicts before the first step. */
  readonly predicted: Readonly<Record<string, number>>;
  /** Of each head, of both steps. */
  readonly losses: Readonly<Record<string, readonly number[]>>;
  /** Of each head: whether what it predicts, before and after both steps, is. */
  readonly finite: Readonly<Record<string, boolean>>;
  /** How far each weight moved. */
  readonly moved: Readonly<Record<string, number>>;
}
const programs = shapes.flatMap((_, rank) => programsOf(rank));
const all = programs.flatMap(({ rank, cases }, program) =>
  cases.map((one) => ({ ...one, rank, program, told: `rank ${rank + 1}: x${one.text}` })),
);
type Case = (typeof all)[number];
let found: readonly (Found | string)[] = [];
const told = (wrong: (one: Case, found: Found) => boolean): readonly string[] =>
  all.filter((one) => wrong(one, found[one.program] as Found)).map((one) => one.told);

beforeAll(() => {
  found = lookAt<Found>(
    "nodes_by_rank.py",
    programs.map(({ experiment }) => experiment),
  );
  expect(found.filter((one) => typeof one === "string").join("\n")).toBe("");
}, 600_000);

test("every node and every way to call it stands at some rank, what works on one number at every rank", () => {
  const types = new Set(all.flatMap((one) => one.types));
  // A layer of the user's own has a test of its own.
  const missing = Object.keys(definitions).filter((type) => !types.has(type) && type !== "layer");
  expect(missing).toEqual([]);
  const ranksOf = (operation: string) => all.filter((one) => one.operation === operation).map(({ rank }) => rank);
  expect(Object.keys(operations).filter((operation) => ranksOf(operation).length === 0)).toEqual([]);
  for (const operation of ["relu", "add", "dropout", "where", "repeat of .relu()", "residual of .dropout(0.5)"])
    expect([operation, ranksOf(operation)]).toEqual([operation, shapes.map((_, rank) => rank)]);
  expect(all.length).toBeGreaterThan(400);
});

test("every prediction and every loss is finite, before, while and after it trains", () => {
  const wrong = told(
    ({ name }, { finite, losses }) => !finite[`out${name}`] || !losses[`out${name}`]!.every(Number.isFinite),
  );
  expect(wrong).toEqual([]);
});

test("gradients flow through every node that has some: what stands before it and what reads it learn", () => {
  const wrong = told(
    ({ name, flows, real }, { moved }) =>
      (real && !(moved[`out${name}/kernel`]! > 0)) || (flows && !(moved[`base${name}/kernel`]! > 0)),
  );
  expect(wrong).toEqual([]);
});

test("every weight of a node's own learns", () => {
  const moved = programs.flatMap(({ rank }, program) =>
    Object.entries((found[program] as Found).moved).map(([weight, far]) => ({
      told: `rank ${rank + 1}: ${weight}`,
      far,
    })),
  );
  const own = moved.filter((one) => !/: (out|base)\d+\//.test(one.told));
  // What is added to every key alike changes no share.
  const wrong = own.filter((one) => !one.told.endsWith("/key/bias") && !(one.far > 0));
  expect(own.length).toBeGreaterThan(80);
  expect(wrong.map((one) => one.told)).toEqual([]);
});

test("evaluation differs from training where there is chance or the batch's statistics, and nowhere else", () => {
  const wrong = told(({ name, changes }, { predicted, losses }) => {
    const [evaluated, trained] = [predicted[`out${name}`]!, losses[`out${name}`]![0]!];
    const differs = Math.abs(evaluated - trained) / trained;
    return changes ? !(differs > 1e-4) : !(differs < 1e-5);
  });
  expect(wrong).toEqual([]);
});
