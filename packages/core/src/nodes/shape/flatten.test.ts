import { expect, test } from "vitest";
import { ids, image, times } from "../../../test/untyped.ts";
import { graph } from "../../graph/index.ts";

test("one axis beside the batch", () => {
  expect(image.flatten().shape).toEqual(["batch", 784]);
  expect(graph.input("x", []).flatten().shape).toEqual(["batch", 1]);
  expect(times.flatten().shape).toEqual(["batch", "?"]);
});

test("the dtype stays", () => {
  expect(ids.flatten()).toMatchObject({ shape: ["batch", 16], dtype: "int" });
});
