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
  /** Whether the wish says more than its type. */
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

/** The node that the user gave a name, or the block. */
const nameOf = (group: Group): NodeDocument | undefined =>
  group.findLast(isNamed) ?? group.findLast(({ type }) => type === "block");

/** What a reader would call it: the name that the user gave to one of its layers or blocks, else its last node's. */
const wishOf = (group: Group): string => snakeCase((nameOf(group) ?? rootOf(group)).id);

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
 * Statement -> `x`, or `y` for what is made while the value in x is still to be read; undefined where two are too few.
 *
 * @param held number of the last statement that reads the input called x
 */
const inTwo = (values: readonly Value[], held: number): ReadonlyMap<number, Running> | undefined => {
  const until = { x: held, y: -1 };
  const places = new Map<number, Running>();
  for (const { made, last } of values) {
    const free = made >= until.x ? "x" : made >= until.y ? "y" : undefined;
    if (free === undefined) return undefined;
    until[free] = last;
    places.set(made, free);
  }
  return places;
};
type Running = "x" | "y";

/**
 * The variable of every value: inputs keep their names, chains share one running `x`, what is made beside it runs in `y`.
 *
 * Gives a value a name of its own where it is read again after the running variable has moved on and the user named it,
 * or where that takes more than two variables.
 *
 * @param inputs id of each input and the name of its argument
 * @param others what is read right before a statement by none of them
 * @param isWhole whether a node gives whole numbers, such as a mask, which are no step of a chain
 */
export const assignVariables = (
  inputs: ReadonlyMap<string, string>,
  groups: readonly Group[],
  outputs: readonly string[],
  names: Scope,
  others: readonly Read[] = [],
  isWhole: (id: string) => boolean = () => false,
): ReadonlyMap<string, string> => {
  const lastReader = lastReaders(groups, outputs, others);
  const values = groups.map((group, made): Value => {
    const { id } = rootOf(group);
    return { id, made, last: lastReader(id), wish: wishOf(group), named: nameOf(group) !== undefined || isWhole(id) };
  });
  const x = [...inputs].find(([, argument]) => argument === "x")?.[0];
  const held = x === undefined ? -1 : lastReader(x);
  const chain = runningValues(values);
  const one: Running = Math.min(...chain) >= held ? "x" : "y";
  const places =
    inTwo(
      values.filter(({ made, named }) => chain.has(made) || !named),
      held,
    ) ?? new Map([...chain].map((made) => [made, one]));
  const used = new Set(places.values());
  const running = {
    x: x !== undefined || !used.has("x") ? "x" : names.claim("x"),
    y: used.has("y") ? names.claim("y") : "y",
  };
  const variables = new Map(inputs);
  for (const { id, made, wish } of values) {
    const place = places.get(made);
    variables.set(id, place === undefined ? names.claim(wish) : running[place]);
  }
  return variables;
};
