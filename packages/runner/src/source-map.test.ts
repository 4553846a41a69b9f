import { expect, test } from "vitest";
import type { Frame } from "./events.ts";
import { locate, locateFailure } from "./source-map.ts";

const range = (node: string, line: number, column: number, endLine: number, endColumn: number, file = "model.py") => ({
  file,
  line,
  column,
  endLine,
  endColumn,
  node,
});
const frame = (line: number, column: number | null, endColumn: number | null, file = "model.py"): Frame => ({
  file,
  line,
  column,
  endLine: line,
  endColumn,
  function: "__call__",
});

// x = nnx.relu(self.dense1(x))
const map = [range("relu1", 9, 12, 9, 36), range("dense1", 9, 21, 9, 35), range("digit", 4, 0, 12, 0)];

test("the tightest range around a frame is its node", () => {
  expect(locate(map, frame(9, 21, 35))?.node).toBe("dense1");
  expect(locate(map, frame(9, 12, 36))?.node).toBe("relu1");
  expect(locate(map, frame(9, 26, 30))?.node).toBe("dense1");
  expect(locate(map, frame(10, 0, 5))?.node).toBe("digit");
});

test("a frame that is wider than any range belongs to where it starts", () => {
  expect(locate(map, frame(9, 21, 80))?.node).toBe("digit");
  expect(locate(map.slice(0, 2), frame(9, 21, 80))?.node).toBe("dense1");
});

test("without columns the line has to do; another file is another file", () => {
  expect(locate(map.slice(1), frame(9, null, null))?.node).toBe("dense1");
  expect(locate(map, frame(9, 21, 35, "train.py"))).toBeUndefined();
});

test("the innermost frame that the map knows counts", () => {
  const frames = [frame(30, 0, 9, "train.py"), frame(9, 21, 35), frame(3, 1, 2, "flaxen/ops.py")];
  expect(locateFailure(map, frames)?.node).toBe("dense1");
  expect(locateFailure(map, [])).toBeUndefined();
});
