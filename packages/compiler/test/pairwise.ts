import { heads as definitions } from "@flaxen/core";

/** One way to train: an optimizer, a schedule, further settings, and a few heads, each by its number. */
export interface Row {
  readonly optimizer: number;
  readonly schedule: number;
  readonly setting: number;
  readonly heads: readonly number[];
}

type Sizes = Readonly<Record<"optimizer" | "schedule" | "setting" | "head", number>>;
const range = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);
const headsOfRow = 4;

const pairsOf = ({ optimizer, schedule, setting, heads }: Row): readonly string[] => [
  `o${optimizer} s${schedule}`,
  `o${optimizer} t${setting}`,
  `s${schedule} t${setting}`,
  ...heads.flatMap((one) => [`h${one} o${optimizer}`, `h${one} s${schedule}`, `h${one} t${setting}`]),
];

/** Every pair that rows have to hold. */
export const allPairs = (sizes: Sizes): ReadonlySet<string> => {
  const of = (rows: readonly Row[]) => rows.flatMap(pairsOf);
  const times = <T>(size: number, make: (i: number) => readonly T[]): readonly T[] => range(size).flatMap(make);
  return new Set(
    times(sizes.optimizer, (optimizer) =>
      times(sizes.schedule, (schedule) =>
        times(sizes.setting, (setting) => of([{ optimizer, schedule, setting, heads: range(sizes.head) }])),
      ),
    ),
  );
};

/** Rows in which every pair stands: greedy, every optimizer with every schedule, then what is still missing. */
export const covering = (sizes: Sizes): readonly Row[] => {
  const missing = new Set(allPairs(sizes));
  const used = range(sizes.head).map(() => 0);
  const rows: Row[] = [];
  const best = (from: readonly number[], gain: (one: number) => number): number =>
    from.reduce((most, one) => (gain(one) > gain(most) ? one : most));
  const isMissing = (...pairs: readonly string[]) => pairs.filter((pair) => missing.has(pair)).length;

  const add = (row: Row) => {
    for (const pair of pairsOf(row)) missing.delete(pair);
    for (const one of row.heads) used[one]!++;
    rows.push(row);
  };
  const complete = (optimizer: number, schedule: number, setting: number, first: readonly number[]) => {
    const heads = [...first];
    while (heads.length < headsOfRow)
      heads.push(
        best(
          range(sizes.head).filter((one) => !heads.includes(one)),
          (one) =>
            isMissing(`h${one} o${optimizer}`, `h${one} s${schedule}`, `h${one} t${setting}`) - used[one]! / 1000,
        ),
      );
    add({ optimizer, schedule, setting, heads });
  };

  for (const optimizer of range(sizes.optimizer))
    for (const schedule of range(sizes.schedule)) {
      const settings = range(sizes.setting).map((one) => (one + schedule) % sizes.setting);
      const setting = best(settings, (one) => isMissing(`o${optimizer} t${one}`, `s${schedule} t${one}`));
      complete(optimizer, schedule, setting, []);
    }
  for (let [pair] = missing; pair !== undefined; [pair] = missing) {
    const wanted = (letter: string) => Number(new RegExp(`${letter}(\\d+)`).exec(pair!)?.[1] ?? 0);
    complete(wanted("o"), wanted("s"), wanted("t"), /h/.test(pair) ? [wanted("h")] : []);
  }
  return rows;
};

/** A head's type, what it minimises, and whether it reports every metric; for each row, or for each position. */
export interface HeadCase {
  readonly type: keyof typeof definitions;
  readonly loss: string;
  readonly metrics: readonly string[];
  readonly positions: boolean;
}

export const headCases: readonly HeadCase[] = Object.entries(definitions).flatMap(([type, { losses, metrics }]) =>
  losses.flatMap((loss, place) =>
    [false, true].map((reports): HeadCase => {
      const positions =
        type === "nextToken" ||
        (["classification", "binary", "regression"].includes(type) && (place % 2 === 0) === reports);
      const all = metrics
        .filter((metric) => metric !== "sequenceAccuracy" || positions)
        .map((metric) => metric.replace("{k}", "2").replace("{class}", "1"));
      return { type: type as HeadCase["type"], loss, metrics: reports ? all : [], positions };
    }),
  ),
);
