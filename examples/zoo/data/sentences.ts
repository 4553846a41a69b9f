import { randomNumbers } from "./random.ts";

/** Words of each part of speech. Some stand in two lists: what they are, only their neighbours tell. */
const words = {
  determiner: ["the", "a", "her", "this"],
  noun: ["duck", "can", "watch", "light", "fish", "saw", "train", "park", "left", "river"],
  verb: ["duck", "watch", "light", "fish", "saw", "train", "park", "left", "hear"],
  modal: ["can", "will", "must"],
  adjective: ["light", "left", "small", "old"],
  pronoun: ["they", "we", "her", "this"],
} as const;
type Part = keyof typeof words;

/** What may follow what; twice is twice as likely. */
const nounPhrase: readonly (readonly Part[])[] = [
  ["determiner", "noun"],
  ["determiner", "noun"],
  ["determiner", "adjective", "noun"],
  ["determiner", "adjective", "adjective", "noun"],
  ["pronoun"],
];
const verbPhrase: readonly (readonly Part[])[] = [["verb"], ["modal", "verb"]];

/** Sentences of a small grammar, and the part of speech of each of their words. The same at every call with the same seed. */
export const sentences = (count: number, seed = 1) => {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const parts = [...pick(nounPhrase), ...pick(verbPhrase), ...(random() < 0.7 ? pick(nounPhrase) : [])];
    return { sentence: parts.map((part) => pick<string>(words[part])).join(" "), parts: parts.join(" ") };
  });
};
