import * as fc from "fast-check";
import { expect, test } from "vitest";
import { configText } from "./config-text.ts";

test("reads back as the same value", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (config) => {
      expect(JSON.parse(configText(config))).toEqual(JSON.parse(JSON.stringify(config)));
    }),
  );
});

test("keeps short things on one line", () => {
  const config = { seed: 0, data: { kind: "csv", features: { house: ["rooms", "area"] } }, early_stopping: null };
  expect(configText(config)).toBe(`{
  "seed": 0,
  "data": { "kind": "csv", "features": { "house": ["rooms", "area"] } },
  "early_stopping": null
}
`);
});
