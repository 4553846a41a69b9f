import { expect, test } from "vitest";
import { exactMatch, tokenF1 } from "./answers.ts";
import { bleu } from "./bleu.ts";
import { rouge } from "./rouge.ts";

const guide = "It is a guide to action which ensures that the military always obeys the commands of the party";
const guides = [
  "It is a guide to action that ensures that the military will forever heed Party commands",
  "It is the guiding principle which guarantees the military forces always being under the command of the Party",
  "It is the practical guide for the army always to heed the directions of the party",
];

test("BLEU is that of the paper's example, counted by hand", () => {
  // Runs of 1 to 4 tokens that are right, and all; as long as the second reference, so not too short.
  const precisions = [17 / 18, 10 / 17, 7 / 16, 4 / 15];
  const expected = Math.exp(precisions.reduce((sum, one) => sum + Math.log(one), 0) / 4);
  expect(bleu([guide], [guides])).toBeCloseTo(expected, 12);
  expect(bleu(["the the the the the the the"], ["the cat is on the mat"], { order: 1 })).toBeCloseTo(2 / 7, 12);
});

test("BLEU counts runs over the whole corpus, and what is too short is punished", () => {
  const history = "he read the book because he was interested in world history";
  const other = "he was interested in world history because he read the book";
  // As above, and of the second pair 11 of 11, 9 of 10, 6 of 9, 4 of 8.
  const precisions = [28 / 29, 19 / 27, 13 / 25, 8 / 23];
  const whole = Math.exp(precisions.reduce((sum, one) => sum + Math.log(one), 0) / 4);
  expect(bleu([guide, history], [guides, other])).toBeCloseTo(whole, 12);
  expect(bleu(["a b c"], ["a b c d e"], { order: 2 })).toBeCloseTo(Math.exp(1 - 5 / 3), 12);
  expect(bleu(["a b c"], [["a b c d", "a b"]], { order: 1 })).toBe(1); // of two as near, the shorter
  expect(bleu(["a b c"], ["a b c"])).toBe(0); // no run of four
  expect(bleu(["a b c d e"], [["a b c d e", "x"]])).toBe(1);
  expect([bleu(["x y"], ["a b"], { order: 1 }), bleu([], [])]).toEqual([0, Number.NaN]);
  expect(bleu([""], ["a"], { order: 1 })).toBe(0);
});

test("ROUGE is that of the paper's example", () => {
  const score = (text: string) => rouge([text], ["police killed the gunman"]);
  const [kill, gunman] = [score("police kill the gunman"), score("the gunman kill police")];
  expect([kill.rougeL.f1, gunman.rougeL.f1]).toEqual([3 / 4, 1 / 2]);
  expect([kill.rouge2.recall, gunman.rouge2.recall]).toEqual([1 / 3, 1 / 3]);
  expect([kill.rouge1.f1, gunman.rouge1.f1]).toEqual([3 / 4, 3 / 4]);
});

test("ROUGE tells precision from recall, and counts a token as often as it is in both", () => {
  const found = rouge(["a a a b x", "p q"], [["a a c b", "z"], "p q"]);
  // a a b of 5 and 4 tokens; (a a) of 4 and 3 pairs; a a b in order. The second is right.
  const mean = (one: number) => (one + 1) / 2;
  expect(found.rouge1).toEqual({ precision: mean(3 / 5), recall: mean(3 / 4), f1: mean(6 / 9) });
  expect(found.rouge2).toEqual({ precision: mean(1 / 4), recall: mean(1 / 3), f1: mean(2 / 7) });
  expect(found.rougeL).toEqual(found.rouge1);
  expect(rouge(["", "a"], ["a", ""]).rouge1).toEqual({ precision: 0, recall: 0, f1: 0 });
  expect(rouge([], []).rougeL.f1).toBeNaN();
});

test("answers are right as a whole or in part", () => {
  expect(exactMatch(["forty  two", "41", "B a"], [["x", "forty two"], "42", "a B"])).toBeCloseTo(1 / 3, 12);
  expect(tokenF1(["in the old town", "", "a"], ["the town", "", ["b", "a a"]])).toBeCloseTo(
    (2 / 3 + 1 + 2 / 3) / 3,
    12,
  );
  const tokenize = (text: string) =>
    text
      .toLowerCase()
      .match(/\p{L}+/gu)
      ?.filter((word) => word !== "the") ?? [];
  expect(exactMatch(["The Town."], ["town"], { tokenize })).toBe(1);
  expect(tokenF1(["The Town."], ["town hall"], { tokenize })).toBeCloseTo(2 / 3, 12);
  expect([exactMatch([], []), tokenF1([], [])]).toEqual([Number.NaN, Number.NaN]);
});

test("what does not pair up is refused", () => {
  expect(() => bleu(["a"], [])).toThrow("bleu: 1 candidates for 0 references");
  expect(() => rouge(["a"], [[]])).toThrow("rouge: candidate 0 has no reference");
  expect(() => tokenF1([], ["a"])).toThrow(RangeError);
  expect(() => exactMatch([], ["a"])).toThrow(RangeError);
  expect(() => bleu(["a"], ["a"], { order: 0 })).toThrow("order must be a whole number of at least 1");
});
