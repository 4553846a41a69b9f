import { expect, test } from "vitest";
import { median, rates } from "./marks.ts";

test("the median of an even number of values lies between the middle two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(() => median([])).toThrow(RangeError);
});

const marks = [0, 1, 2, 3, 4, 5, 6].map((epoch) => ({
  step: 10 * epoch,
  seconds: epoch < 2 ? epoch * 50 : 100 + epoch,
}));

test("what warms up does not count", () => {
  expect(rates(marks)).toHaveLength(6);
  expect(rates(marks, { warmUp: 20 })).toEqual([0.1, 0.1, 0.1, 0.1]);
});

test("a sample spans at least a window, and an incomplete window is none", () => {
  expect(rates(marks, { warmUp: 20, window: 15 })).toEqual([0.1, 0.1]);
  expect(rates(marks, { warmUp: 20, window: 30 })).toEqual([0.1]);
  expect(rates([], { window: 5 })).toEqual([]);
});

test("steps are counted from the first mark", () => {
  const later = marks.map(({ step, seconds }) => ({ step: step + 7, seconds }));
  expect(rates(later, { warmUp: 20, window: 15 })).toEqual(rates(marks, { warmUp: 20, window: 15 }));
});
