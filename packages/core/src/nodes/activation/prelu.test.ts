import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("one slope, or one for each channel", () => {
  expect(image.prelu().shape).toEqual(image.shape);
  expect(weightShapes(image.prelu())).toEqual({ slope: [] });
  expect(weightShapes(row.prelu({ perChannel: true }))).toEqual({ slope: [10] });
  expect(nodeOf(row.prelu({ initial: 0.1, name: "bend" }))).toMatchObject({
    params: { perChannel: false, initial: 0.1 },
    name: "bend",
  });
});

test.each([
  [() => untyped(ids).prelu(), "wrong-dtype", "prelu needs float, but its input is int"],
  [
    () => untyped(graph.input("x", [])).prelu({ perChannel: true }),
    "shape-mismatch",
    "prelu needs an axis of features, but its input is [batch]",
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
