import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { graph } from "../../graph/index.ts";

test("the features are halved", () => {
  expect(row.glu().shape).toEqual(["batch", 5]);
  expect(times.glu()).toMatchObject({ shape: ["batch", "time", 4], dtype: "float" });
  expect(graph.input("x", [4, "time"]).glu().shape).toEqual(["batch", 4, "?"]);
});

test("the gates of SiLU and GELU have the same rule", () => {
  expect(row.swiglu().shape).toEqual(["batch", 5]);
  expect(times.geglu()).toMatchObject({ shape: ["batch", "time", 4], dtype: "float" });
});

test.each([
  [
    () => untyped(row).swiglu().geglu(),
    "shape-mismatch",
    "geglu needs an even number of features, but its input is [batch, 5]",
  ],
  [
    () => untyped(image).glu(),
    "shape-mismatch",
    "glu needs an even number of features, but its input is [batch, 28, 28, 1]",
  ],
  [
    () => untyped(graph.input("x", [])).glu(),
    "shape-mismatch",
    "glu needs an axis of features, but its input is [batch]",
  ],
  [() => untyped(ids).glu(), "wrong-dtype", "glu needs float, but its input is int"],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
