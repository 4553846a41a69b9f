import { expect, test } from "vitest";
import * as z from "zod";
import { wireEvent } from "./events.ts";

test("the events have a JSON Schema, one part a type", () => {
  const schema = z.toJSONSchema(wireEvent, { io: "input" }) as unknown as {
    oneOf: readonly { properties: { type: { const: string } }; required: readonly string[] }[];
  };
  const types = schema.oneOf.map(({ properties }) => properties.type.const);
  expect(new Set(types).size).toBe(wireEvent.options.length);
  for (const { required } of schema.oneOf) {
    expect(required).toEqual(expect.arrayContaining(["v", "run", "att", "seq", "t", "m", "type"]));
  }
});
