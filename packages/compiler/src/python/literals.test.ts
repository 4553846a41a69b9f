import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runPython } from "../../test/python.ts";
import { commentText, floatLiteral, stringLiteral } from "./literals.ts";

test.each([
  [1, "1.0"],
  [0, "0.0"],
  [0.001, "0.001"],
  [1e-5, "1e-5"],
  [0.00012, "1.2e-4"],
  [1e16, "1e16"],
  [123456, "123456.0"],
])("%d is written %s", (value, literal) => {
  expect(floatLiteral(value)).toBe(literal);
});

test("strings of any characters read back the same from ASCII", () => {
  const texts = fc.sample(fc.string({ unit: "binary" }), { numRuns: 500, seed: 5 });
  const literals = texts.map(stringLiteral);
  for (const literal of literals) expect(literal).toMatch(/^[\x20-\x7E]*$/);
  const read =
    "import ast, json, sys; print(json.dumps([[ord(c) for c in ast.literal_eval(s)] for s in json.load(sys.stdin)]))";
  expect(runPython(read, literals)).toEqual(
    texts.map((text) => [...text].map((character) => character.codePointAt(0))),
  );
});

test("quotes are those that need fewer escapes", () => {
  expect(stringLiteral("it's")).toBe('"it\'s"');
  expect(stringLiteral('say "a"')).toBe("'say \"a\"'");
});

test("a comment is one line of ASCII: no line break of any kind, no character that turns the reading direction", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(commentText(text)).toMatch(/^[\x20-\x7E]*$/);
    }),
  );
  expect(commentText("a\u2028b\r\nc\u202Ed")).toBe("a b c?d");
});
