import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clip, fit, harmless, widthOf } from "./width.ts";

/** What Node's own line editor makes of a text: it counts with the tables of Unicode. */
const countedByNode = (text: string): number => {
  const editor = createInterface({ input: new PassThrough(), prompt: text });
  try {
    return editor.getCursorPos().cols;
  } finally {
    editor.close();
  }
};

test.each([
  "plain",
  "ä é ñ",
  "e\u0301 combining",
  "日本語 注意",
  "ｶﾀｶﾅ halfwidth カタカナ full",
  "한국어",
  "（，）！",
  "😀 🎉 ✅",
  "zero\u200bwidth",
  "∑ ≤ ─ │ …",
])("%j has the width that Node counts", (text) => {
  expect(widthOf(text)).toBe(countedByNode(text));
});

test("a family, a flag and a keycap are two columns wide: one picture each", () => {
  expect(["👨‍👩‍👧", "🇩🇪", "1️⃣"].map(widthOf)).toEqual([2, 2, 2]);
});

const text = fc.string({ unit: "grapheme", maxLength: 40 });

test("whatever is clipped fits, and is a beginning of the text", () => {
  fc.assert(
    fc.property(text.map(harmless), fc.integer({ min: 0, max: 50 }), (line, columns) => {
      const clipped = clip(line, columns);
      expect(widthOf(clipped)).toBeLessThanOrEqual(columns);
      if (clipped !== line) expect(line.startsWith(clipped.replace(/…$/, ""))).toBe(true);
    }),
  );
});

test("parts fit whole, the least important leave first", () => {
  const parts = [
    { text: "epoch 1/2", rank: 4 },
    { text: "step 7/9", rank: 0 },
    { text: "loss 日本", rank: 1 },
    { text: "50 steps/s", rank: 9 },
  ];
  expect([80, 41, 40, 29, 28, 19, 18, 8, 5].map((columns) => fit(parts, columns))).toEqual([
    "epoch 1/2  step 7/9  loss 日本  50 steps/s",
    "epoch 1/2  step 7/9  loss 日本",
    "epoch 1/2  step 7/9  loss 日本",
    "step 7/9  loss 日本",
    "step 7/9  loss 日本",
    "step 7/9  loss 日本",
    "step 7/9",
    "step 7/9",
    "step…",
  ]);
});

test("no text that a program wrote can act on the terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (line) => {
      expect(harmless(`\x1b[2J${line}\x07\u2028`)).not.toMatch(/\p{Control}|\u2028/u);
    }),
  );
  expect(harmless("a\x1b[31mb\x1b[0m\r\n\tc\x1b]0;title\x07d\0")).toBe("ab cd ");
});
