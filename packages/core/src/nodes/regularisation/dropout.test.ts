import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { image, untyped } from "../../../test/untyped.ts";
import { nodeOf } from "../../graph/index.ts";
import { rolesOf } from "../role.ts";
import { dropout } from "./dropout.ts";

test("shape stays, the rate is a parameter", () => {
  expect(image.dropout(0).shape).toEqual(image.shape);
  expect(nodeOf(image.dropout(0.3, { name: "drop" }))).toMatchObject({ params: { rate: 0.3 }, name: "drop" });
});

test("the rate is no part of the program", () => {
  expect(rolesOf(dropout.parameters)).toEqual({ rate: "dynamic" });
});

test.each([
  [() => image.dropout(1 as number), "dropout: rate must be less than 1, but it is 1"],
  [() => image.dropout(-0.1 as number), "dropout: rate must be at least 0, but it is -0.1"],
  [() => image.dropout(Number.NaN), "dropout: rate must be a number, but it is NaN"],
  [() => untyped(image).dropout(), "dropout needs rate; it must be a number"],
])("$1", (call, sentence) => {
  expect(caught(call)).toMatchObject({ code: "bad-parameter", sentence });
});
