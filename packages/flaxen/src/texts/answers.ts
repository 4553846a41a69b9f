import { common, countRuns, meanOf, pairsOf, type Reference, type TextOptions } from "./pairs.ts";
import { overlap } from "./rouge.ts";

/**
 * The share of the candidates whose tokens are those of a reference, in order. NaN without candidates.
 *
 * Throws a `RangeError` where candidates and references do not pair up.
 *
 * @example exactMatch(["forty two"], [["forty  two", "42"]]) // 1
 */
export const exactMatch = (
  candidates: readonly string[],
  references: readonly Reference[],
  options: TextOptions = {},
): number =>
  meanOf(
    pairsOf("exactMatch", candidates, references, options).map(({ candidate, references }) => {
      const wanted = JSON.stringify(candidate);
      return references.some((one) => JSON.stringify(one) === wanted) ? 1 : 0;
    }),
  );

/**
 * The mean, over all candidates, of the F1 score of a candidate's tokens and a reference's, whatever their order; of
 * several references that with the highest counts (Rajpurkar et al., 2016). 1 where both are empty. NaN without candidates.
 *
 * To compare as that paper does, `tokenize` lets go of capitals, punctuation and articles.
 *
 * Throws a `RangeError` where candidates and references do not pair up.
 *
 * @example tokenF1(["in the old town"], ["the town"]) // 2 / 3
 */
export const tokenF1 = (
  candidates: readonly string[],
  references: readonly Reference[],
  options: TextOptions = {},
): number =>
  meanOf(
    pairsOf("tokenF1", candidates, references, options).map(({ candidate, references }) => {
      const scores = references.map((one) =>
        candidate.length + one.length === 0
          ? 1
          : overlap(common(countRuns(candidate, 1), countRuns(one, 1)), candidate.length, one.length).f1,
      );
      return Math.max(...scores);
    }),
  );
