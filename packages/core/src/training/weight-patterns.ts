import { closest, didYouMean, type Site } from "@flaxen/errors";
import { UnknownWeightError } from "../document/errors.ts";
import { optionError } from "../document/options.ts";
import type { Weights } from "../nodes/weights.ts";

/** Which weights learn, and in whose way. */
export interface WeightAssignment {
  /** Trainable weights that do not learn. */
  readonly frozen: readonly string[];
  /** Of each group the weights that are its own: the first group that fits a weight has it. */
  readonly groups: readonly (readonly string[])[];
}

interface Patterns {
  readonly freeze?: readonly string[] | undefined;
  readonly groups?: readonly { readonly match: readonly string[] }[] | undefined;
}

/**
 * Whether a name, or what it lies in, is as the pattern says: "encoder*" and "encoder1" fit "encoder1/dense1/kernel", as
 * does "*\/kernel". `*` stands for any characters, `?` for one.
 */
export const fitsPattern = (pattern: string): ((name: string) => boolean) => {
  // Parts between stars are looked for one after another: no pattern takes longer than its length times the name's.
  const parts = pattern.split("*");
  const fits = (name: string): boolean => {
    const first = parts[0]!;
    const last = parts.at(-1)!;
    if (parts.length === 1) return name.length === first.length && at(name, first, 0);
    if (name.length < first.length + last.length) return false;
    if (!at(name, first, 0) || !at(name, last, name.length - last.length)) return false;
    let from = first.length;
    const end = name.length - last.length;
    for (const part of parts.slice(1, -1)) {
      while (from + part.length <= end && !at(name, part, from)) from++;
      if (from + part.length > end) return false;
      from += part.length;
    }
    return true;
  };
  return (name) => {
    const slashes = [...name].flatMap((character, i) => (character === "/" ? [i] : []));
    return [...slashes.map((end) => name.slice(0, end)), name].some(fits);
  };
};

const at = (name: string, part: string, from: number): boolean => {
  for (let i = 0; i < part.length; i++) if (part[i] !== "?" && part[i] !== name[from + i]) return false;
  return from + part.length <= name.length;
};

/** Finds what the patterns of a training mean. Throws for one that fits no weight, and where nothing is left to learn. */
export const assignWeights = (
  { freeze = [], groups = [] }: Patterns,
  weights: Weights,
  site?: Site | undefined,
): WeightAssignment => {
  const names = Object.keys(weights).filter((name) => weights[name]!.trainable);
  const matching = (patterns: readonly string[], use: string): ReadonlySet<string> =>
    new Set(
      patterns.flatMap((pattern) => {
        const found = names.filter(fitsPattern(pattern));
        if (found.length > 0) return found;
        throw new UnknownWeightError(`${use}: ${unknown(pattern, names, weights)}`, { site });
      }),
    );
  const frozen = matching(freeze, "freeze");
  if (names.length > 0 && frozen.size === names.length)
    throw optionError("freeze", "nothing is left to learn: its patterns fit every weight of the model", site);
  const taken = new Set(frozen);
  const own = groups.map(({ match }, i) => {
    const use = `groups[${i}]`;
    const found = [...matching(match, use)].filter((name) => !taken.has(name));
    if (found.length === 0)
      throw optionError(use, "every weight that it fits is frozen or in a group before it. Put it first", site);
    for (const name of found) taken.add(name);
    return found;
  });
  return { frozen: [...frozen], groups: own };
};

const unknown = (pattern: string, names: readonly string[], weights: Weights): string => {
  const statistics = Object.keys(weights).filter((name) => !weights[name]!.trainable);
  if (statistics.some(fitsPattern(pattern)))
    return `"${pattern}" fits only statistics, which are gathered and not learned.`;
  const known = [
    ...new Set(names.flatMap((name) => [name.split("/")[0]!, name.slice(0, name.lastIndexOf("/")), name])),
  ];
  const bare = pattern.replace(/[*?]/g, "");
  const listed = [...new Set(names.map((name) => name.split("/")[0]!))];
  return `"${pattern}" fits no weight of the model.${didYouMean(bare, closest(bare, known) === undefined ? listed : known)}`;
};
