import { common, countRuns, type Pair, pairsOf, type Reference, type TextOptions } from "./pairs.ts";

export interface BleuOptions extends TextOptions {
  /** The longest runs of tokens that are compared. @defaultValue 4 */
  readonly order?: number;
}

/**
 * BLEU of a whole corpus, 0 to 1 (Papineni et al., 2002): the geometric mean, over runs of 1 to `order` tokens, of the
 * share of the candidates' runs that a reference of theirs has, times exp(1 - r / c) where the candidates' `c` tokens are
 * fewer than the `r` of the references nearest in length. Not smoothed: 0 where no run of `order` tokens is right. It is
 * a hundredth of sacreBLEU's with `tokenize="none", smooth_method="none"`. NaN without candidates.
 *
 * Throws a `RangeError` where candidates and references do not pair up.
 *
 * @example bleu(await trained.generate(prompts), answers) // each answer a text, or a list of texts that are as good
 */
export const bleu = (
  candidates: readonly string[],
  references: readonly Reference[],
  { order = 4, ...options }: BleuOptions = {},
): number => {
  if (!Number.isInteger(order) || order < 1)
    throw new RangeError(`bleu: order must be a whole number of at least 1, but it is ${order}`);
  const pairs = pairsOf("bleu", candidates, references, options);
  if (pairs.length === 0) return Number.NaN;
  const precisions = Array.from({ length: order }, (_, place) => precision(pairs, place + 1));
  const length = pairs.reduce((sum, { candidate }) => sum + candidate.length, 0);
  const nearest = pairs.reduce((sum, pair) => sum + nearestLength(pair), 0);
  const brevity = length >= nearest ? 1 : Math.exp(1 - nearest / length);
  return precisions.includes(0)
    ? 0
    : brevity * Math.exp(precisions.reduce((sum, one) => sum + Math.log(one), 0) / order);
};

/** Of runs of one length: how many are in a reference, each at most as often as it is there, of all. */
const precision = (pairs: readonly Pair[], length: number): number => {
  let [right, all] = [0, 0];
  for (const { candidate, references } of pairs) {
    const most = new Map<string, number>();
    for (const reference of references)
      for (const [run, count] of countRuns(reference, length)) most.set(run, Math.max(count, most.get(run) ?? 0));
    right += common(countRuns(candidate, length), most);
    all += Math.max(candidate.length - length + 1, 0);
  }
  return all === 0 ? 0 : right / all;
};

/** Of two that are as near, the shorter one. */
const nearestLength = ({ candidate, references }: Pair): number =>
  references
    .map((reference) => reference.length)
    .reduce((best, length) => {
      const [old, now] = [Math.abs(best - candidate.length), Math.abs(length - candidate.length)];
      return now < old || (now === old && length < best) ? length : best;
    });
