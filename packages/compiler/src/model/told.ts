import type { Dim } from "@flaxen/core";
import type { Scope } from "../python/names.ts";
import { binary, type Expression, integer, name, option } from "../python/tree.ts";
import type { Place } from "./together.ts";

/** Something that a class is told, or computes of what it is told: its value in each of several blocks. */
export interface Told {
  readonly name: string;
  /** "features", or the name of the option. */
  readonly kind: string;
  readonly keyword: boolean;
  readonly values: readonly Expression[];
  /** Of values that are the layer's own where nothing is said. */
  readonly default?: Expression | undefined;
  /** `4 * features` */
  readonly computed?: Expression | undefined;
}

/** The last axis of what comes into a block and of what comes out. */
export interface Ends {
  readonly input: Dim | undefined;
  readonly output: Dim | undefined;
}

type Value = NonNullable<Place["values"][number]>;
const keyOf = (value: Value): string => (value.kind === "option" ? JSON.stringify(value.value) : String(value.value));
const keysOf = ({ values }: Place) => values.map((value) => value && keyOf(value));

/** Whether all trees that have the place have one value there. */
const isConstant = (place: Place): boolean => new Set(keysOf(place).filter((key) => key !== undefined)).size === 1;
const isPartial = ({ values }: Place): boolean => values.includes(undefined);

interface Column extends Pick<Told, "kind" | "keyword"> {
  readonly layer: string;
  readonly values: readonly Value[];
  readonly keys: readonly string[];
}

/** What differs, each once. */
const columnsOf = (places: readonly Place[]): readonly Column[] => {
  const columns = new Map<string, Column>();
  for (const place of places) {
    if (isPartial(place) || isConstant(place)) continue;
    const keys = keysOf(place) as readonly string[];
    const id = `${place.name} ${keys.join()}`;
    const { name: kind, keyword, layer } = place;
    if (!columns.has(id)) columns.set(id, { kind, keyword, layer, keys, values: place.values as readonly Value[] });
  }
  return [...columns.values()];
};

/** The parameters of a class for several blocks, and how each place reads them: undefined where none fits a part. */
export const toldBy = (
  places: readonly Place[],
  ends: readonly Ends[],
  names: Scope,
): { readonly told: readonly Told[]; readonly at: (place: Place) => Expression } | undefined => {
  const columns = columnsOf(places);
  const [input, output] = [ends.map((end) => end.input).join(), ends.map((end) => end.output).join()];
  const wishes = columns.map((column) => wishOf(column, columns, input, output));
  const plain = columns.map(
    ({ kind, keyword, values }, i): Told => ({
      name: names.claim(wishes[i]!, wishes[i]!),
      kind,
      keyword,
      values,
      default: values.map((value) => (value.kind === "option" && value.silent ? value.value : undefined)).find(Boolean),
    }),
  );
  const outer = plain.filter((_, i) => [input, output].includes(columns[i]!.keys.join()));
  const told = plain.flatMap((one) => withFactor(one, outer, plain, names));

  const readings = new Map<number, Expression>();
  const inPart = places.filter((place) => isPartial(place) && place.name === "features");
  for (const place of places) {
    const agreeing = columns.flatMap(({ kind, keys }, i) =>
      kind === place.name && keysOf(place).every((key, j) => key === undefined || key === keys[j]) ? [plain[i]!] : [],
    );
    // A part begins with as many features as come in and ends with as many as go out.
    const ordered = place === inPart[0] ? agreeing : agreeing.toReversed();
    const written = isConstant(place) && !(isPartial(place) && ["features", "strides"].includes(place.name));
    const one = written ? undefined : (ordered.find((other) => outer.includes(other)) ?? ordered[0]);
    if (!one && !isConstant(place)) return undefined;
    readings.set(place.index, one ? name(one.name) : place.values.find((value) => value !== undefined)!);
  }
  return { told, at: ({ index }) => readings.get(index)! };
};

const wishOf = ({ kind, keys, layer }: Column, columns: readonly Column[], input: string, output: string): string => {
  const key = keys.join();
  const ofKind = columns.filter((other) => other.kind === kind && ![input, output].includes(other.keys.join()));
  if (kind !== "features") return ofKind.length > 1 ? `${layer}_${kind}` : kind;
  if (key === input) return key === output ? "features" : "in_features";
  if (key === output) return "out_features";
  return ofKind.length > 1 ? `${layer}_features` : "hidden";
};

/**
 * `hidden = 4 * features`, where what lies between is so many times what comes in or goes out in every block;
 * `hidden = expansion * features` where it is another number of times in each.
 */
const withFactor = (one: Told, outer: readonly Told[], all: readonly Told[], names: Scope): readonly Told[] => {
  if (one.kind !== "features" || outer.includes(one)) return [one];
  const count = ({ values }: Told, i: number) => (values[i] as { readonly value: number }).value;
  const factorsOf = (base: Told) => one.values.map((_, i) => count(one, i) / count(base, i));
  const constant = outer.find((base) => {
    const [first, ...others] = factorsOf(base);
    return Number.isInteger(first) && others.every((factor) => factor === first);
  });
  if (constant) return [{ ...one, computed: binary(integer(factorsOf(constant)[0]!), "*", name(constant.name)) }];
  const alone = all.filter(({ kind }) => kind === "features").length === outer.length + 1;
  const multiple = outer.find((base) => factorsOf(base).every((factor) => Number.isInteger(factor) && factor > 1));
  if (!alone || !multiple) return [one];
  const expansion = names.claim("expansion");
  return [
    {
      name: expansion,
      kind: "expansion",
      keyword: true,
      values: factorsOf(multiple).map((factor) => option("expansion", integer(factor))),
    },
    { ...one, computed: binary(name(expansion), "*", name(multiple.name)) },
  ];
};

/** The argument that a block's instance is made with: what its own class may be told in turn. */
export const argumentOf = ({ name: own, values }: Told, block: number): Expression => {
  const value = values[block]!;
  return value.kind === "option" ? option(own, value.value, value.silent) : value;
};
