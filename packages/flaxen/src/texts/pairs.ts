/** What a text may be compared with: one text, or several that are as good. */
export type Reference = string | readonly string[];

/** How texts are read. */
export interface TextOptions {
  /** A text's tokens. @defaultValue at white space, as they stand */
  readonly tokenize?: (text: string) => readonly string[];
}

/** A candidate and its references, as tokens. */
export interface Pair {
  readonly candidate: readonly string[];
  readonly references: readonly (readonly string[])[];
}

const words = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== "");

/** Throws a `RangeError` where there are more or fewer references than candidates, or none for one of them. */
export const pairsOf = (
  use: string,
  candidates: readonly string[],
  references: readonly Reference[],
  { tokenize = words }: TextOptions,
): readonly Pair[] => {
  if (candidates.length !== references.length)
    throw new RangeError(`${use}: ${candidates.length} candidates for ${references.length} references`);
  return candidates.map((candidate, at) => {
    const found = [references[at]!].flat();
    if (found.length === 0) throw new RangeError(`${use}: candidate ${at} has no reference`);
    return { candidate: tokenize(candidate), references: found.map(tokenize) };
  });
};

/** How often each run of `length` tokens occurs. */
export const countRuns = (tokens: readonly string[], length: number): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (let start = 0; start + length <= tokens.length; start++) {
    const run = JSON.stringify(tokens.slice(start, start + length));
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
};

/** How many of the ones are among the others, each as often as it is in both. */
export const common = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number =>
  [...one].reduce((sum, [run, count]) => sum + Math.min(count, other.get(run) ?? 0), 0);

/** NaN of nothing. */
export const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
