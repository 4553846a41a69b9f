import { createValues } from "@flaxen/core";
import { expect, test } from "vitest";
import { confusionMatrix } from "./confusion-matrix.ts";

const probabilities = createValues(new Float32Array(15), [5, 3]);
const labels = Int32Array.of(0, 1, 1, 2, 0);

test("rows of a class by what they were taken for; -1 does not count", () => {
  const { classes, counts } = confusionMatrix({ labels, probabilities }, [0, 1, 2, 2, -1]);
  expect(classes).toEqual(["0", "1", "2"]);
  expect(counts).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 1],
  ]);
});

test("classes go by their names, and as a table", () => {
  const matrix = confusionMatrix({ labels, probabilities, names: ["cat", "dog", "cow"] }, [
    "cat",
    "dog",
    "cow",
    "cow",
    "dog",
  ]);
  expect(matrix.counts).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 1],
  ]);
  expect(`${matrix}`.split("\n")).toEqual([
    "actual \\ predicted  cat  dog  cow",
    "               cat    1    0    0",
    "               dog    1    1    0",
    "               cow    0    1    1",
  ]);
});

test("a binary head has two classes", () => {
  const said = { labels: Int32Array.of(1, 0, 1), probabilities: createValues(Float32Array.of(0.9, 0.1, 0.8), [3]) };
  expect(confusionMatrix(said, Int32Array.of(1, 1, 0)).counts).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

test("what does not fit is refused", () => {
  expect(() => confusionMatrix({ labels, probabilities }, [0])).toThrow("1 labels for 5 predictions");
  expect(() => confusionMatrix({ labels, probabilities }, [0, 1, 3, 0, 0])).toThrow(
    "label 2 is 3, but the classes are 0, 1, 2",
  );
});
