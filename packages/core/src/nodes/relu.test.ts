import { expect, test } from "vitest";
import { caught } from "../../test/caught.ts";
import { ids, image, times, untyped } from "../../test/untyped.ts";
import { nodeOf } from "../graph/index.ts";

test("shape and dtype stay", () => {
  expect(image.relu()).toMatchObject({ shape: image.shape, dtype: "float" });
  expect(times.relu().shape).toEqual(["batch", "time", 8]);
  expect(nodeOf(image.relu())).toMatchObject({ type: "relu", params: {}, name: undefined });
});

test("whole numbers and arguments are refused", () => {
  expect(caught(() => untyped(ids).relu())).toMatchObject({
    code: "wrong-dtype",
    sentence: "relu needs float, but its input is int",
  });
  expect(caught(() => untyped(image).relu({ inplace: true }))).toMatchObject({
    code: "bad-parameter",
    sentence: "relu takes no arguments, but it has 1",
  });
});
