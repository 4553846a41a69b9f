import type { Dim } from "@flaxen/core";
import { scope } from "../python/names.ts";
import { moduleNames } from "../python/reserved.ts";
import {
  assign,
  binary,
  type Expression,
  features,
  integer,
  marked,
  name,
  type Parameter,
  type Statement,
} from "../python/tree.ts";

/** A class as it would be printed for one block. */
export interface BlockClass {
  readonly id: string;
  readonly statement: ClassStatement;
  /** The last axis of what comes in and of what comes out. */
  readonly input: Dim | undefined;
  readonly output: Dim | undefined;
}
type ClassStatement = Extract<Statement, { kind: "class" }>;

/** One class for several blocks. */
export interface MergedClass {
  readonly statement: ClassStatement;
  /** What an instance is made with before `rngs`, by the block's id. */
  readonly arguments: ReadonlyMap<string, readonly Expression[]>;
}

/** Classes that differ in nothing but numbers of features become one, which is told how many there are. */
export const mergeClasses = (blocks: readonly BlockClass[]): readonly MergedClass[] => {
  const alike = new Map<string, BlockClass[]>();
  for (const block of blocks) {
    const text = JSON.stringify(block.statement.body, withoutSizes);
    alike.set(text, [...(alike.get(text) ?? []), block]);
  }
  return [...alike.values()].map((members) => merge(members));
};

/** A tree without what may differ: numbers of features, marks, and the comments, which tell shapes. */
const withoutSizes = (key: string, value: unknown): unknown => {
  if (key === "comment") return undefined;
  if (isSize(value)) return "features";
  return isMark(value) ? value.value : value;
};

type Size = Extract<Expression, { kind: "integer" | "float" }>;
type Mark = Extract<Expression, { kind: "marked" }>;
const kindOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
const isMark = (value: unknown): value is Mark => kindOf(value) === "marked";
const isSize = (value: unknown): value is Size => kindOf(value) === "integer" && (value as Size).features === true;

/** Every number of features in a tree, in its order. */
const sizesIn = (tree: unknown): readonly number[] => {
  if (isSize(tree)) return [tree.value];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(sizesIn) : [];
};

/** A parameter of the merged class: its name, and its value in each of the blocks. */
interface Told {
  readonly name: string;
  readonly values: readonly number[];
}

const merge = (members: readonly BlockClass[]): MergedClass => {
  const [first] = members;
  if (members.length === 1) return { statement: first!.statement, arguments: new Map([[first!.id, []]]) };
  const told = parametersOf(members);
  const hidden = told.map((one) => multipleOf(one, told));
  const given = told.filter((_, place) => hidden[place] === undefined);
  const computed = told.flatMap(({ name: variable }, place) =>
    hidden[place] ? [assign(variable, hidden[place])] : [],
  );
  const [construct, call] = together(
    members.map(({ statement }) => statement.body),
    told,
  ) as [Function, Function];
  const [self, ...others] = construct.parameters;
  const made: Function = {
    ...construct,
    parameters: [self!, ...given.map((one): Parameter => ({ name: one.name })), ...others],
    body: [...computed, ...construct.body],
  };
  return {
    statement: { ...first!.statement, body: [made, call] },
    arguments: new Map(members.map(({ id }, place) => [id, given.map(({ values }) => features(values[place]!))])),
  };
};
type Function = Extract<Statement, { kind: "function" }>;

const parametersOf = (members: readonly BlockClass[]): readonly Told[] => {
  const all = members.map(({ statement }) => sizesIn(statement));
  const columns = all[0]!.map((_, position) => all.map((sizes) => sizes[position]!));
  const differing = columns.filter((values) => values.some((value) => value !== values[0]));
  const distinct = new Map(differing.map((values) => [values.join(), values]));
  const [input, output] = [members.map((one) => one.input).join(), members.map((one) => one.output).join()];
  const names = scope(moduleNames);
  const wishOf = (key: string): string => {
    if (key === input) return key === output ? "features" : "in_features";
    return key === output ? "out_features" : "hidden";
  };
  return [...distinct].map(([key, values]) => ({ name: names.claim(wishOf(key), wishOf(key)), values }));
};

/** `4 * features`, where what lies between is so many times what comes in or goes out in every block. */
const multipleOf = (one: Told, told: readonly Told[]): Expression | undefined => {
  if (!one.name.startsWith("hidden")) return undefined;
  const base = told.find(({ name: other, values }) => {
    const factor = one.values[0]! / values[0]!;
    return (
      !other.startsWith("hidden") &&
      Number.isInteger(factor) &&
      values.every((value, i) => factor * value === one.values[i])
    );
  });
  return base && binary(integer(one.values[0]! / base.values[0]!), "*", name(base.name));
};

/** Trees that differ in sizes, marks and comments as one tree. */
const together = (trees: readonly unknown[], told: readonly Told[]): unknown => {
  const [first] = trees;
  if (isMark(first)) {
    const marks = trees as readonly Mark[];
    const value = together(
      marks.map((mark) => mark.value),
      told,
    ) as Expression;
    // Of ranges that are alike the innermost is found first.
    return marks.reduce((inner, { node }) => marked(node, inner), value);
  }
  if (isSize(first)) {
    const values = (trees as readonly Size[]).map(({ value }) => value);
    const one = told.find((other) => other.values.join() === values.join());
    return one ? name(one.name) : first;
  }
  if (Array.isArray(first))
    return first.map((_, i) =>
      together(
        trees.map((tree) => (tree as unknown[])[i]),
        told,
      ),
    );
  if (typeof first !== "object" || first === null) return first;
  const at = (key: string) => trees.map((tree) => (tree as Record<string, unknown>)[key]);
  const { comment: _, ...rest } = first as Record<string, unknown>;
  const merged = Object.fromEntries(Object.keys(rest).map((key) => [key, together(at(key), told)]));
  const comment = commentOf(at("comment") as readonly (string | undefined)[], told);
  return comment === undefined ? merged : { ...merged, comment };
};

/** "[batch, 14, 14, 64]" and "[batch, 7, 7, 128]" as "[batch, ..., out_features]". */
const commentOf = (comments: readonly (string | undefined)[], told: readonly Told[]): string | undefined => {
  const places = comments.flatMap((comment, place) => (comment === undefined ? [] : [place]));
  if (places.length === 0) return undefined;
  const shapes = places.map((place) => comments[place]!.slice(1, -1).split(", "));
  const dims = shapes[0]!.map((dim, axis) => {
    if (shapes.every((shape) => shape[axis] === dim)) return dim;
    const one =
      axis === shapes[0]!.length - 1 &&
      told.find(({ values }) => shapes.every((shape, i) => shape[axis] === String(values[places[i]!])));
    return one ? one.name : "...";
  });
  const short = dims.filter((dim, axis) => dim !== "..." || dims[axis - 1] !== "...");
  return short.at(-1) === "..." ? undefined : `[${short.join(", ")}]`;
};
