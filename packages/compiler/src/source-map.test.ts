import { expect, test } from "vitest";
import { documentOf, experiments } from "../test/experiments.ts";
import { compile } from "./compile.ts";

/** The texts that a program's source map names for a node. */
const textsOf = (name: string, node: string): readonly string[] => {
  const { sourceMap, files } = compile(documentOf(name)).program;
  return sourceMap
    .filter((range) => range.node === node)
    .map(({ file, line, column, endLine, endColumn }) => {
      const lines = files[file]!.split("\n").slice(line - 1, endLine);
      lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn);
      lines[0] = lines[0]!.slice(column);
      return lines.join("\n");
    });
};

test("a layer is found where it is made and where it is called", () => {
  expect(textsOf("mnist-cnn", "conv2")).toEqual(["ops.Conv(32, 64, (3, 3), rngs=rngs)", "self.conv2(x)"]);
  expect(textsOf("mnist-cnn", "relu2")).toEqual(["nnx.relu(self.conv2(x))"]);
  expect(textsOf("mnist-cnn", "flatten1")).toEqual(["x.reshape(x.shape[0], -1)"]);
});

test("a layer of a block is named with its block, its applications by their own names", () => {
  expect(textsOf("siamese", "encoder/dense1")).toEqual(["nnx.Linear(24, 16, rngs=rngs)", "self.dense1(x)"]);
  expect(textsOf("siamese", "mixer2")).toEqual(["Mixer(rngs)", "self.mixer2(x, train=train)"]);
});

test("a head is found in its layer, its loss and its metrics; an input where the data enters", () => {
  const head = textsOf("two-heads", "inkCentre");
  expect(head).toContain("self.ink_centre(y)");
  expect(head).toContain("ink_centre_error.mean(-1)");
  expect(head).toContain("weight @ ink_centre_error");
  expect(textsOf("two-heads", "image")).toEqual(['batch["image"].astype(jnp.float32) / 255']);
});

test.each(Object.keys(experiments))("%s: no mark is left in a file, no range is empty", (name) => {
  const { sourceMap, files } = compile(documentOf(name)).program;
  for (const file of ["model.py", "train.py"]) expect(files[file]).toMatch(/^[\x20-\x7E\n]*$/);
  for (const { line, column, endLine, endColumn } of sourceMap)
    expect(endLine > line || (endLine === line && endColumn > column)).toBe(true);
});
