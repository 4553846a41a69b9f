import { expect, test } from "vitest";
import { type GenerateOptions, packPrompts } from "./generate.ts";
import type { InputSpecification } from "./subject.ts";

const text: InputSpecification = { name: "answer", shape: [8], dtype: "int32", below: 9, takes: "text" };
const question: InputSpecification = { ...text, name: "question" };
const numbers: InputSpecification = { ...text, takes: undefined };
const next = (name: string, of = "answer") => ({ name, type: "nextToken", features: "n1", params: { of, vocab: 9 } });
const pack = (
  prompt: string | readonly string[],
  options: GenerateOptions = {},
  heads: readonly object[] = [next("word")],
  inputs = [text],
) => packPrompts(prompt, options, heads as Parameters<typeof packPrompts>[2], inputs);

test("a prompt with its defaults", () => {
  expect(pack("to be").request).toEqual({
    head: "word",
    of: "answer",
    prompts: ["to be"],
    tokens: 100,
    temperature: 1,
    topK: null,
    seed: 0,
  });
  expect(pack(["a", "b"], { tokens: 3, temperature: 0, topK: 5, seed: 7 }).request).toMatchObject({
    prompts: ["a", "b"],
    tokens: 3,
    temperature: 0,
    topK: 5,
    seed: 7,
  });
});

test("the other inputs have a row for each prompt", () => {
  const { inputs } = pack(["", ""], { inputs: { question: ["1+1", "2+3"] } }, [next("word")], [question, text]);
  expect(inputs).toMatchObject({ values: { question: [["1+1"], ["2+3"]] }, rows: 2 });
});

test("the head is told where there are several", () => {
  const heads = [next("word"), next("other", "question")];
  expect(pack("a", { head: "other", inputs: { answer: "b" } }, heads, [question, text]).request.of).toBe("question");
});

test.each<[() => unknown, string, string]>([
  [() => pack("a", {}, [{ name: "kind", type: "classification" }]), "no-text-head", '"kind" (head.classification)'],
  [() => pack("a", {}, [next("word"), next("other")]), "no-text-head", 'there are "word", "other": { head: "word" }'],
  [() => pack("a", { head: "wort" }), "no-text-head", '"wort" predicts no next token; there is "word"'],
  [() => pack("a", {}, undefined, [numbers]), "no-text-head", 'input "answer" was trained on token numbers'],
  [() => pack([]), "bad-parameter", "a prompt, a string, or a list of prompts"],
  [() => pack(5 as never), "bad-parameter", "a prompt, a string"],
  [() => pack("a", { temprature: 1 } as never), "unknown-option", 'Did you mean "temperature"?'],
  [() => pack("a", { temperature: -1 }), "bad-parameter", "temperature must be a number of at least 0, but it is -1"],
  [() => pack("a", { tokens: 0 }), "bad-parameter", "tokens must be a whole number of at least 1"],
  [() => pack("a", { seed: 0.5 }), "bad-parameter", "seed must be"],
  [() => pack("a", { inputs: { answer: "b" } }), "bad-parameter", 'input "answer" is what it writes to'],
  [() => pack("a", {}, undefined, [question, text]), "unknown-input", 'input "question" is missing'],
  [
    () => pack("a", { inputs: { question: ["b", "c"] } }, undefined, [question, text]),
    "input-rows",
    "1 prompts and 2 rows",
  ],
])("what cannot be written is refused: %#", (ask, code, words) => {
  expect(ask).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
});
