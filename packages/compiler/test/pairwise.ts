import { heads as definitions, type HeadDefinition } from "@flaxen/core";

/** What an optimizer and its schedule are, each by its number. */
export interface Rule {
  readonly optimizer: number;
  readonly schedule: number;
}
/** One way to train: a rule, further settings, several heads, and rules of their own for the first of these. */
export interface Row extends Rule {
  readonly setting: number;
  readonly heads: readonly number[];
  readonly groups: readonly Rule[];
}

type Sizes = Readonly<Record<"optimizer" | "schedule" | "setting" | "head", number>>;
const range = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);
/** A program costs more than its heads do: few programs with many heads are cheaper than many with few. */
const headsOfRow = 8;
const groupsOfRow = 2;

const pairsOfRule = ({ optimizer, schedule }: Rule, setting: number): readonly string[] => [
  `o${optimizer} s${schedule}`,
  `o${optimizer} t${setting}`,
  `s${schedule} t${setting}`,
];
/** Every pair that a row holds. */
export const pairsOf = ({ optimizer, schedule, setting, heads, groups }: Row): readonly string[] => [
  ...[{ optimizer, schedule }, ...groups].flatMap((rule) => pairsOfRule(rule, setting)),
  ...heads.flatMap((one) => [`h${one} o${optimizer}`, `h${one} s${schedule}`, `h${one} t${setting}`]),
];

const rules = (sizes: Sizes): readonly Rule[] =>
  range(sizes.optimizer).flatMap((optimizer) => range(sizes.schedule).map((schedule) => ({ optimizer, schedule })));

/** Every pair that rows have to hold. */
export const allPairs = (sizes: Sizes): ReadonlySet<string> => {
  const all = { heads: range(sizes.head), groups: [] };
  return new Set(
    rules(sizes).flatMap((rule) => range(sizes.setting).flatMap((setting) => pairsOf({ ...rule, ...all, setting }))),
  );
};

/** Rows in which every pair stands: greedy, as many for each optimizer as its pairs with heads need. */
export const covering = (sizes: Sizes): readonly Row[] => {
  const missing = new Set(allPairs(sizes));
  const rows: Row[] = [];
  const gain = (pairs: readonly string[]) => pairs.filter((pair) => missing.has(pair)).length;
  const best = <T>(from: readonly T[], worth: (one: T) => number): T => {
    const worths = from.map(worth);
    return from[worths.indexOf(Math.max(...worths))]!;
  };
  const gainOfHead = (head: number, optimizer: number, schedule: number, setting: number) =>
    10 * gain([`h${head} o${optimizer}`]) + gain([`h${head} s${schedule}`, `h${head} t${setting}`]);
  const headsFor = ({ optimizer, schedule }: Rule, setting: number) =>
    range(sizes.head)
      .map((head) => ({ head, gain: gainOfHead(head, optimizer, schedule, setting) }))
      .sort((one, other) => other.gain - one.gain)
      .slice(0, headsOfRow);

  while (missing.size > 0) {
    const optimizer = best(range(sizes.optimizer), (one) =>
      gain([
        ...range(sizes.head).map((head) => `h${head} o${one}`),
        ...range(sizes.setting).map((t) => `o${one} t${t}`),
      ]),
    );
    const ways = range(sizes.schedule).flatMap((schedule) =>
      range(sizes.setting).map((setting) => ({ schedule, setting })),
    );
    const { schedule, setting } = best(ways, (way) => {
      const heads = headsFor({ optimizer, ...way }, way.setting).reduce((sum, one) => sum + one.gain, 0);
      return heads + gain(pairsOfRule({ optimizer, ...way }, way.setting));
    });
    const heads = headsFor({ optimizer, schedule }, setting).map(({ head }) => head);
    const taken = (row: Row) => {
      for (const pair of pairsOf(row)) missing.delete(pair);
    };
    taken({ optimizer, schedule, setting, heads, groups: [] });
    const groups: Rule[] = [];
    while (groups.length < groupsOfRow) {
      const rule = best(rules(sizes), (one) => gain(pairsOfRule(one, setting)));
      if (gain(pairsOfRule(rule, setting)) === 0) break;
      groups.push(rule);
      taken({ optimizer, schedule, setting, heads, groups });
    }
    rows.push({ optimizer, schedule, setting, heads, groups });
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

export const headCases: readonly HeadCase[] = Object.entries<HeadDefinition<any>>(definitions).flatMap(
  ([type, { losses, metrics, positionLosses }]) =>
    losses.flatMap((loss, place) =>
      [false, true].map((reports): HeadCase => {
        const positions =
          type === "nextToken" ||
          positionLosses?.includes(loss) ||
          (["classification", "binary", "regression"].includes(type) && (place % 2 === 0) === reports);
        const all = metrics
          .filter((metric) => (metric !== "sequenceAccuracy" && metric !== "mase") || positions)
          .filter((metric) => metric !== "bitsPerByte") // there is no text
          .map((metric) => metric.replace("{k}", "2").replace("{class}", "1").replace("{beta}", "2"));
        return { type: type as HeadCase["type"], loss, metrics: reports ? all : [], positions };
      }),
    ),
);
