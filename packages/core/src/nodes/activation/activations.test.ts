import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, times, untyped } from "../../../test/untyped.ts";
import { nodeOf } from "../../graph/index.ts";
import { activations } from "./activations.ts";

const names = Object.keys(activations) as (keyof typeof activations)[];

test.each(names)("%s: shape and dtype stay", (name) => {
  expect(image[name]()).toMatchObject({ shape: image.shape, dtype: "float" });
  expect(times[name]().shape).toEqual(["batch", "time", 8]);
  expect(nodeOf(image[name]())).toMatchObject({ type: name, params: {}, name: undefined });
});

test.each(names)("%s: whole numbers and arguments are refused", (name) => {
  expect(caught(() => untyped(ids)[name]())).toMatchObject({
    code: "wrong-dtype",
    sentence: `${name} needs float, but its input is int`,
  });
  expect(caught(() => untyped(image)[name]({ inplace: true }))).toMatchObject({
    code: "bad-parameter",
    sentence: `${name} takes no arguments, but it has 1`,
  });
});

test("each has a definition of its own", () => {
  for (const name of names) expect(activations[name]).toMatchObject({ name, stem: name, named: "never" });
});
