import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { graph } from "../../graph/index.ts";

test.each(["globalAvgPool", "globalMaxPool"] as const)("%s leaves batch and channels", (name) => {
  expect(image[name]()).toMatchObject({ shape: ["batch", 1], dtype: "float" });
  expect(times[name]().shape).toEqual(["batch", 8]);
  expect(graph.input("x", [4, 5, 6, 7])[name]().shape).toEqual(["batch", 7]);
  expect(caught(() => untyped(row)[name]())).toMatchObject({
    code: "shape-mismatch",
    sentence: `${name} needs axes between batch and channels, but its input is [batch, 10]`,
  });
  expect(caught(() => untyped(ids)[name]())).toMatchObject({
    code: "wrong-dtype",
    sentence: `${name} needs float, but its input is int`,
  });
});
