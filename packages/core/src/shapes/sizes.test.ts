import fc from "fast-check";
import { expect, test } from "vitest";
import { unknownSize } from "./shape.ts";
import { divides, lessThan, minus, plus, product, quotient, remainder, times } from "./sizes.ts";

const natural = fc.integer({ min: 1, max: 1e6 });

test("numbers are calculated, rounded down", () => {
  fc.assert(
    fc.property(natural, natural, (a, b) => {
      expect(plus(times(quotient(a, b), b), remainder(a, b))).toBe(a);
      expect(minus(plus(a, b), b)).toBe(a);
      expect(divides(b, times(a, b))).toBe(true);
      expect(lessThan(a, plus(a, b))).toBe(true);
    }),
  );
});

test("a name makes the result unknown, and unknown fits anything", () => {
  expect(plus("time", 2)).toBe(unknownSize);
  expect(product([4, "time", 2])).toBe(unknownSize);
  expect(product([])).toBe(1);
  expect(divides(3, "time")).toBe(true);
  expect(lessThan("time", 2)).toBe(false);
});
