import { expect, test } from "vitest";
import * as z from "zod";
import { image, row } from "../../test/untyped.ts";
import { nodeOf } from "../graph/index.ts";
import { defineNode } from "./define-node.ts";
import { checkParameters, isProblem, type Problem } from "./index.ts";

const scale = defineNode({
  name: "scale",
  stem: "scale",
  doc: "Multiplies by a number.",
  ports: [{ name: "x", dtype: "any" }],
  parameters: z.strictObject({ by: z.number(), axes: z.array(z.int()).max(2).default([]) }),
  positional: ["by"],
  infer: ([x]) => x!,
});

const refused = (outcome: object): Problem => {
  if (!isProblem(outcome)) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  return outcome;
};

test("what a specification leaves out has a default", () => {
  expect(scale).toMatchObject({ named: "never", positional: ["by"] });
  expect(scale.weights([image], {}, { block: () => undefined })).toEqual({});
  expect(Object.isFrozen(scale)).toBe(true);
});

test("a step makes a node of whatever it is applied to", () => {
  const step = scale.step([2, { axes: [1] }]);
  if (isProblem(step)) throw new Error(step.sentence);
  expect(step.apply(nodeOf(row))).toMatchObject({ type: "scale", params: { by: 2, axes: [1] }, inputs: [nodeOf(row)] });
  expect(step.apply(nodeOf(image))).toMatchObject({ shape: image.shape });
});

test("an option that is undefined counts as left out", () => {
  const step = scale.step([2, { axes: undefined }]);
  expect(isProblem(step)).toBe(false);
});

test.each([
  ["scale needs by; it must be a number", []],
  ["scale takes 2 arguments, but it has 3", [2, {}, 4]],
  ["scale: axes must have 2 items or fewer, but it is [1, 2, 3]", [2, { axes: [1, 2, 3] }]],
  ["scale: axes[0] must be a whole number, but it is 0.5", [2, { axes: [0.5] }]],
  ["scale: axes must be a list, but it is an object", [2, { axes: {} }]],
  ["scale: by must be a number, but it is a function", [() => 2]],
  ['scale has no option "name". Known: axes.', [2, { name: "twice" }]],
])("%s", (sentence, args) => {
  expect(refused(scale.step(args))).toMatchObject({ sentence, node: "scale" });
});

test("a document's parameters are checked by the same schema", () => {
  expect(checkParameters(scale, { by: 2 })).toEqual({ by: 2, axes: [] });
  expect(refused(checkParameters(scale, { by: 2, axis: [] })).sentence).toBe(
    'scale has no option "axis". Did you mean "axes"?',
  );
  expect(refused(checkParameters(scale, "nothing")).sentence).toBe(
    'scale: its parameters must be an object, but they are "nothing"',
  );
});
