import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, times, untyped } from "../../../test/untyped.ts";
import { graph } from "../../graph/index.ts";

test.each(["softmax", "logSoftmax"] as const)("%s: shape stays; it needs floats with features", (name) => {
  expect(times[name]()).toMatchObject({ shape: ["batch", "time", 8], dtype: "float" });
  expect(caught(() => untyped(graph.input("x", []))[name]())).toMatchObject({
    code: "shape-mismatch",
    sentence: `${name} needs an axis of features, but its input is [batch]`,
  });
  expect(caught(() => untyped(ids)[name]())).toMatchObject({
    code: "wrong-dtype",
    sentence: `${name} needs float, but its input is int`,
  });
});
