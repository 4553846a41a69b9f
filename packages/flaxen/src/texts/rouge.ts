import { common, countRuns, meanOf, pairsOf, type Reference, type TextOptions } from "./pairs.ts";

/** Shares of a text's tokens, or runs of tokens, that are right. */
export interface Overlap {
  /** Of the candidate's. */
  readonly precision: number;
  /** Of the reference's. */
  readonly recall: number;
  /** Their harmonic mean. */
  readonly f1: number;
}

/** Means over all candidates. */
export interface Rouge {
  /** Of single tokens. */
  readonly rouge1: Overlap;
  /** Of pairs of tokens. */
  readonly rouge2: Overlap;
  /** Of the longest sequence that is in both texts, in order, with gaps. */
  readonly rougeL: Overlap;
}

type Tokens = readonly string[];
type Score = (candidate: Tokens, reference: Tokens) => Overlap;

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L of texts, 0 to 1 (Lin, 2004), the means over all candidates; of several references the
 * one with the highest F1 counts. Tokens are compared as they stand: without stemming, and capitals are other letters. NaN
 * without candidates.
 *
 * Throws a `RangeError` where candidates and references do not pair up.
 *
 * @example rouge(summaries, references).rougeL.f1
 */
export const rouge = (
  candidates: readonly string[],
  references: readonly Reference[],
  options: TextOptions = {},
): Rouge => {
  const pairs = pairsOf("rouge", candidates, references, options);
  const mean = (score: Score): Overlap => {
    const found = pairs.map(({ candidate, references }) => best(references.map((one) => score(candidate, one))));
    const of = (name: keyof Overlap) => meanOf(found.map((one) => one[name]));
    return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
  };
  return { rouge1: mean(ofRuns(1)), rouge2: mean(ofRuns(2)), rougeL: mean(ofSequences) };
};

/** Shares of the candidates' and the references' tokens; 0 of nothing. */
export const overlap = (right: number, candidate: number, reference: number): Overlap => ({
  precision: candidate === 0 ? 0 : right / candidate,
  recall: reference === 0 ? 0 : right / reference,
  f1: candidate + reference === 0 ? 0 : (2 * right) / (candidate + reference),
});

/** That with the highest F1, the first of equal ones. */
export const best = (found: readonly Overlap[]): Overlap =>
  found.reduce((highest, one) => (one.f1 > highest.f1 ? one : highest));

const ofRuns =
  (length: number): Score =>
  (candidate, reference) => {
    const right = common(countRuns(candidate, length), countRuns(reference, length));
    const runs = (tokens: Tokens) => Math.max(tokens.length - length + 1, 0);
    return overlap(right, runs(candidate), runs(reference));
  };

const ofSequences: Score = (candidate, reference) =>
  overlap(longestCommon(candidate, reference), candidate.length, reference.length);

/** The length of the longest sequence that is in both. */
const longestCommon = (one: Tokens, other: Tokens): number => {
  let row = new Uint32Array(other.length + 1);
  for (const token of one) {
    const next = new Uint32Array(other.length + 1);
    for (const [place, wanted] of other.entries())
      next[place + 1] = token === wanted ? row[place]! + 1 : Math.max(row[place + 1]!, next[place]!);
    row = next;
  }
  return row[other.length]!;
};
