import { type NodeDocument, nodes } from "@flaxen/core";
import { type Scope, snakeCase } from "../python/names.ts";
import { printerOf } from "./attributes.ts";
import { type Group, rootOf } from "./groups.ts";

interface Value {
  readonly id: string;
  /** Number of the statement that makes it; -1 for an input. */
  readonly made: number;
  /** Number of the last statement that reads it. */
  readonly last: number;
  readonly wish: string;
  readonly named: boolean;
}

interface Read {
  readonly id: string;
  readonly statement: number;
}

/** Whether the user named it: else it is called after its type and counted. */
const isNamed = ({ id, type, params }: NodeDocument): boolean => {
  const stem = type === "block" ? String(params.block).replace(/\d+$/, "") : nodes[type as keyof typeof nodes].stem;
  return !(id.startsWith(stem) && /^\d+$/.test(id.slice(stem.length)));
};

/** What a reader would call it: the name that the user gave to one of its layers or blocks, else its last node's. */
const wishOf = (group: Group): string => {
  const named = group.findLast(isNamed) ?? group.findLast(({ type }) => type === "block");
  return snakeCase((named ?? rootOf(group)).id);
};

/** Statements that read an operand again after they have begun to make their value. */
const readsAgain = (id: string, group: Group | undefined): boolean =>
  group?.some((node) => printerOf(node).statements !== undefined && node.inputs.includes(id, 1)) ?? false;

/** Id -> number of the last statement that reads it, -1 where none does. */
const lastReaders = (
  groups: readonly Group[],
  outputs: readonly string[],
  others: readonly Read[],
): ((id: string) => number) => {
  const last = new Map<string, number>();
  for (const [statement, group] of groups.entries())
    for (const input of group.flatMap(({ inputs }) => inputs)) last.set(input, statement);
  for (const { id, statement } of others) last.set(id, Math.max(last.get(id) ?? -1, statement));
  for (const output of outputs) last.set(output, groups.length);
  return (id) => {
    const statement = last.get(id) ?? -1;
    return readsAgain(id, groups[statement]) ? statement + 0.5 : statement;
  };
};

/** The statements whose values one variable can hold in turn. */
const runningValues = (values: readonly Value[]): ReadonlySet<number> => {
  const running = new Set<number>();
  // Looked at from the end: every statement that moves the running variable on stands later, the nearest one first.
  let nearest = Number.POSITIVE_INFINITY;
  for (const { made, last } of values.toReversed()) {
    if (nearest < last) continue;
    running.add(made);
    nearest = made;
  }
  return running;
};

/**
 * The variable of every value: inputs keep their names, chains share one running `x`, the rest is named by its node.
 *
 * Gives a value a name of its own only where it is read again after the running variable has moved on; where an input
 * called x is read for the last time, what is made of it goes on as x: `x = x + y`.
 *
 * @param inputs id of each input and the name of its argument
 * @param others what is read right before a statement by none of them
 */
export const assignVariables = (
  inputs: ReadonlyMap<string, string>,
  groups: readonly Group[],
  outputs: readonly string[],
  names: Scope,
  others: readonly Read[] = [],
): ReadonlyMap<string, string> => {
  const lastReader = lastReaders(groups, outputs, others);
  const values = groups.map((group, made): Value => {
    const root = rootOf(group);
    return { id: root.id, made, last: lastReader(root.id), wish: wishOf(group), named: isNamed(root) };
  });
  const x = [...inputs].find(([, argument]) => argument === "x")?.[0];
  const chain = runningValues(values);
  const free = x === undefined || Math.min(...chain) >= lastReader(x);
  // Two ways side by side: the one that reads x last goes on in x where that saves the other a name of its own.
  const second = free ? undefined : values.find(({ made, named }) => made === lastReader(x!) && !named);
  const beside = second ? runningValues(values.filter((value) => value !== second)) : chain;
  const running = beside.size >= chain.size ? beside : chain;
  const runningName = x !== undefined && free ? "x" : names.claim(free ? "x" : "y");
  const variables = new Map(inputs);
  let holder = free ? undefined : { id: x!, last: lastReader(x!) };
  for (const { id, made, last, wish, named } of values) {
    const takesOver = !running.has(made) && holder?.last === made && !named;
    if (takesOver) holder = { id, last };
    variables.set(id, running.has(made) ? runningName : takesOver ? "x" : names.claim(wish));
  }
  return variables;
};
