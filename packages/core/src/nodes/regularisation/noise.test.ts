import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { nodeOf } from "../../graph/index.ts";
import { rolesOf } from "../role.ts";
import { regularisationNodes } from "./index.ts";

test("shape stays, the size is a parameter", () => {
  expect(nodeOf(row.gaussianNoise(2, { name: "jitter" }))).toMatchObject({ params: { stddev: 2 }, name: "jitter" });
  expect(nodeOf(row.gaussianDropout(0.2))).toMatchObject({ params: { rate: 0.2 }, shape: ["batch", 10] });
  expect(nodeOf(image.dropPath(0))).toMatchObject({ params: { rate: 0 }, shape: image.shape });
  expect(nodeOf(times.spatialDropout(0.5))).toMatchObject({ params: { rate: 0.5 }, shape: ["batch", "time", 8] });
});

test("none of them is part of the program", () => {
  const roles = Object.values(regularisationNodes).flatMap(({ parameters }) => Object.values(rolesOf(parameters)));
  expect(new Set(roles)).toEqual(new Set(["dynamic"]));
});

test.each([
  [() => row.dropPath(1 as number), "bad-parameter", "dropPath: rate must be less than 1, but it is 1"],
  [() => row.gaussianDropout(1 as number), "bad-parameter", "gaussianDropout: rate must be less than 1, but it is 1"],
  [() => row.gaussianNoise(-1 as number), "bad-parameter", "gaussianNoise: stddev must be at least 0, but it is -1"],
  [() => untyped(row).gaussianNoise(), "bad-parameter", "gaussianNoise needs stddev; it must be a number"],
  [() => untyped(ids).gaussianNoise(1), "wrong-dtype", "gaussianNoise needs float, but its input is int"],
  [
    () => untyped(row).spatialDropout(0.1),
    "shape-mismatch",
    "spatialDropout needs [batch, ...positions, channels], but its input is [batch, 10]",
  ],
])("%#: $2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
