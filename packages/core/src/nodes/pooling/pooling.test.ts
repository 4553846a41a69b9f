import { describe, expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

describe.each(["avgPool", "maxPool", "minPool"] as const)("%s", (name) => {
  test("the stride is the window unless told otherwise", () => {
    expect(image[name](2).shape).toEqual(["batch", 14, 14, 1]);
    expect(nodeOf(image[name]([2, 3])).params).toEqual({ window: [2, 3], stride: [2, 3], padding: "VALID" });
    expect(nodeOf(image[name](3, { stride: 2 })).params).toEqual({ window: 3, stride: 2, padding: "VALID" });
  });

  test("VALID leaves out what no whole window covers, SAME does not", () => {
    expect(image[name](3).shape).toEqual(["batch", 9, 9, 1]);
    expect(image[name](3, { padding: "SAME" }).shape).toEqual(["batch", 10, 10, 1]);
  });

  test("it slides over one, two or three axes", () => {
    const volume = graph.input("x", [8, 10, 12, 3]);
    expect(graph.input("x", [100, 8])[name](2).shape).toEqual(["batch", 50, 8]);
    expect(times[name]([2], { stride: 1, padding: "SAME" }).shape).toEqual(["batch", "time", 8]);
    expect(volume[name](2).shape).toEqual(["batch", 4, 5, 6, 3]);
    expect(volume[name]([1, 2, 3], { stride: [1, 2, 2] }).shape).toEqual(["batch", 8, 5, 5, 3]);
  });

  test.each([
    [() => untyped(row)[name](2), "needs 1 to 3 axes between batch and channels, but its input is [batch, 10]"],
    [() => untyped(image)[name]([2, 40]), ": a 2x40 VALID window does not fit into [batch, 28, 28, 1]"],
    [
      () => untyped(times)[name]([2, 2]),
      ": its window, [2, 2], needs one size for each axis between batch and channels of [batch, time, 8]",
    ],
    [
      () => untyped(image)[name](2, { stride: [2] }),
      ": its stride, [2], needs one size for each axis between batch and channels of [batch, 28, 28, 1]",
    ],
  ])("a shape that does not suit it: $1", (call, sentence) => {
    const whole = sentence.startsWith(":") ? name + sentence : `${name} ${sentence}`;
    expect(caught(call)).toMatchObject({ code: "shape-mismatch", sentence: whole });
  });

  test.each([
    [() => image[name](untyped(0)), "bad-parameter", ": window must be at least 1, but it is 0"],
    [
      () => untyped(image)[name]("2"),
      "bad-parameter",
      `: window must be a whole number of at least 1, or one for each axis, but it is "2"`,
    ],
    [
      () => untyped(image)[name](2, { name: "pool" }),
      "unknown-option",
      ' has no option "name". Known: stride, padding.',
    ],
    [() => untyped(ids)[name](2), "wrong-dtype", " needs float, but its input is int"],
  ])("a mistake: $2", (call, code, sentence) => {
    expect(caught(call)).toMatchObject({ code, sentence: name + sentence });
  });
});
