import { expect, test } from "vitest";
import { closest, didYouMean } from "./suggestion.ts";

test("the nearest candidate is suggested, whatever its case", () => {
  expect(closest("kernl", ["kernel", "stride"])).toBe("kernel");
  expect(closest("Padding", ["kernel", "padding"])).toBe("padding");
});

test("with nothing near, all that is known is listed", () => {
  expect(didYouMean("foo", ["kernel", "stride"])).toBe(" Known: kernel, stride.");
});
