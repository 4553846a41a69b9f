import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSplitter } from "./line-splitter.ts";

const lengths = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: 20_000, max: 90_000 })), { maxLength: 40 });
const letters = fc.constantFrom("a", "ä", "\u{1f600}");

test("lines of any length, in pieces of any size, keep their text and their places", () => {
  fc.assert(
    fc.property(lengths, letters, fc.integer({ min: 1_000, max: 300_000 }), (sizes, letter, pieceSize) => {
      const texts = sizes.map((size, index) => `${index}${letter.repeat(size)}`);
      const bytes = new TextEncoder().encode(texts.map((text) => `${text}\n`).join(""));
      const split = lineSplitter(7);
      const lines: string[] = [];
      let end = 7;
      for (let at = 0; at < bytes.length; at += pieceSize) {
        // As carriers do, which read into the same buffer again: what is kept is a copy.
        const piece = bytes.slice(at, at + pieceSize);
        split.push(piece);
        for (let line = split.next(); line; line = split.next()) {
          expect(line.start).toBe(end);
          end = line.end;
          lines.push(line.text);
        }
        piece.fill(0);
      }
      expect(lines).toEqual(texts);
      expect(end).toBe(7 + bytes.length);
    }),
    { numRuns: 40 },
  );
});
