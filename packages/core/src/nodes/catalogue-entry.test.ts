import { expect, test } from "vitest";
import { catalogueEntry, nodes } from "./index.ts";

test("an entry is derived from the definition", () => {
  expect(catalogueEntry(nodes.dense)).toEqual({
    type: "dense",
    stem: "dense",
    doc: "A fully connected layer over the last axis: [..., features] -> [..., units].",
    ports: [{ name: "x", dtype: "float" }],
    parameters: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        units: { type: "integer", minimum: 1, maximum: 2147483647, role: "shape" },
        useBias: { type: "boolean", default: true, role: "structure" },
      },
      required: ["units"],
      additionalProperties: false,
    },
    defaults: { useBias: true },
    roles: { units: "shape", useBias: "structure" },
    positional: ["units"],
    named: "maybe",
  });
});

test.each(Object.entries(nodes))("%s has an entry of plain JSON, with a line of documentation", (type, node) => {
  const entry = catalogueEntry(node);
  expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
  expect(entry.type).toBe(type);
  expect(entry.doc).toMatch(/^\S.*\.$/);
  expect(Object.keys(entry.roles)).toEqual(Object.keys(entry.parameters.properties ?? {}));
});

test.each(Object.values(nodes))("ids of $name begin with letters: $stem", ({ stem }) => {
  expect(stem).toMatch(/^[a-z][A-Za-z0-9]*$/);
});
