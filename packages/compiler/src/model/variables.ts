import { type Scope, snakeCase } from "../python/names.ts";
import { type Group, rootOf } from "./groups.ts";

interface Value {
  readonly id: string;
  /** Number of the statement that makes it; -1 for an input. */
  readonly made: number;
  /** Number of the last statement that reads it. */
  readonly last: number;
  readonly wish: string;
}

const isOwnName = (id: string): boolean => !/\d$/.test(id);

/** What a reader would call it: the name that the user gave to one of its layers, else its last node's. */
const wishOf = (group: Group): string => snakeCase(group.findLast(({ id }) => isOwnName(id))?.id ?? rootOf(group).id);

const lastReader = (id: string, groups: readonly Group[], outputs: readonly string[]): number =>
  outputs.includes(id)
    ? groups.length
    : groups.findLastIndex((group) => group.some(({ inputs }) => inputs.includes(id)));

/**
 * The variable of every value: inputs keep their names, chains share one running `x`, the rest is named by its node.
 *
 * Gives a value a name of its own only where it is read again after the running variable has moved on.
 *
 * @param inputs id of each input and the name of its argument
 */
export const assignVariables = (
  inputs: ReadonlyMap<string, string>,
  groups: readonly Group[],
  outputs: readonly string[],
  names: Scope,
): ReadonlyMap<string, string> => {
  const values = groups.map((group, made): Value => {
    const { id } = rootOf(group);
    return { id, made, last: lastReader(id, groups, outputs), wish: wishOf(group) };
  });
  const running = new Set<number>();
  const overwritten = (made: number, last: number) =>
    [...running].some((statement) => statement > made && statement < last);
  for (const { made, last } of values.toReversed()) if (!overwritten(made, last)) running.add(made);

  const x = [...inputs].find(([, argument]) => argument === "x")?.[0];
  const free = x === undefined || !overwritten(-1, lastReader(x, groups, outputs));
  const runningName = x !== undefined && free ? "x" : names.claim(free ? "x" : "y");
  const own = values.map(({ id, made, wish }) => [id, running.has(made) ? runningName : names.claim(wish)] as const);
  return new Map([...inputs, ...own]);
};
