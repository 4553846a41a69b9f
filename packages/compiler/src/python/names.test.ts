import { expect, test } from "vitest";
import { pascalCase, scope, snakeCase } from "./names.ts";

test.each([
  ["learningRate", "learning_rate"],
  ["conv2D", "conv2_d"],
  ["HTTPServer", "http_server"],
  ["conv1", "conv1"],
  ["encoder/dense1", "encoder_dense1"],
  ["größe", "gr_e"],
  ["1st", "value_1st"],
  ["", "value"],
])("%s in Python is %s", (name, python) => {
  expect(snakeCase(name)).toBe(python);
});

test("classes are written in one word", () => {
  expect(pascalCase("twoHeads")).toBe("TwoHeads");
  expect(pascalCase("residual_cnn")).toBe("ResidualCnn");
});

test("a name that is taken, a keyword or a builtin gets another one, and never twice the same", () => {
  const names = scope(["batch"]);
  const claimed = ["batch", "class", "list", "x", "x", "x", "x_"].map((wish) => names.claim(wish));
  expect(claimed).toEqual(["batch_", "class_", "list_", "x", "x_", "x_2", "x__"]);
  expect(names.claim("Exception", "ExceptionModule")).toBe("ExceptionModule");
  expect(names.claim("Exception", "ExceptionModule")).toBe("ExceptionModule2");
});
