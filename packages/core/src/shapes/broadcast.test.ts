import fc from "fast-check";
import { expect, test } from "vitest";
import { broadcast } from "./broadcast.ts";
import { sameShape } from "./shape.ts";

test.each([
  [
    ["batch", 28, 28, 8],
    ["batch", 1, 1, 8],
    ["batch", 28, 28, 8],
  ],
  [
    ["batch", "time", 8],
    ["batch", 1, 8],
    ["batch", "time", 8],
  ],
  [
    ["batch", "?"],
    ["batch", 7],
    ["batch", 7],
  ],
  [
    ["batch", "?"],
    ["batch", 1],
    ["batch", "?"],
  ],
  [
    ["batch", "?"],
    ["batch", "time"],
    ["batch", "time"],
  ],
])("%j and %j meet in %j", (a, b, both) => {
  expect(broadcast(a, b)).toEqual(both);
  expect(broadcast(b, a)).toEqual(both);
});

test.each([
  [
    ["batch", 10],
    ["batch", 12],
  ],
  [
    ["batch", "time"],
    ["batch", "length"],
  ],
  [
    ["batch", "time"],
    ["batch", 12],
  ],
  [
    ["batch", 1, 6],
    ["batch", 6],
  ],
])("%j and %j do not meet", (a, b) => {
  expect(broadcast(a, b)).toBeUndefined();
});

test("a shape meets itself", () => {
  const dim = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom("time", "height", "?"));
  fc.assert(
    fc.property(fc.array(dim, { maxLength: 5 }), (shape) => {
      expect(broadcast(shape, shape)).toEqual(shape);
      expect(sameShape(shape, shape)).toBe(true);
    }),
  );
});
