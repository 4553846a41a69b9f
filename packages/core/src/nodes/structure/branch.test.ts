import { expect, test } from "vitest";
import { below, caught, here } from "../../../test/caught.ts";
import { row, untyped } from "../../../test/untyped.ts";
import { graph, nodeOf } from "../../graph/index.ts";

test("several tensors by name, each of its own shape", () => {
  const { mean, spread, same } = row.branch({
    mean: graph.dense(3),
    spread: (h) => h.dense(4).softplus(),
    same: graph,
  });
  expect([mean.shape, spread.shape]).toEqual([
    ["batch", 3],
    ["batch", 4],
  ]);
  expect(nodeOf(mean).inputs).toEqual([nodeOf(row)]);
  expect(nodeOf(same)).toBe(nodeOf(row));
});

test("a misfit is told with the branch's name and where it was written", () => {
  const first = here();
  const block = graph.relu().conv2d(3, { kernel: 1 });
  expect(caught(() => untyped(row).branch({ wide: block }))).toMatchObject({
    code: "shape-mismatch",
    sentence:
      "branch: wide: op 2 of the block: conv2d needs [batch, height, width, channels], but its input is [batch, 10]",
    at: below(first, 1),
    appliedAt: below(first, 2),
  });
});

test.each([
  [() => untyped(row).branch({}), "branch: branches must be at least one, but there is none"],
  [
    () => untyped(row).branch([graph]),
    "branch: branches must be an object of blocks or functions, but it is [a block]",
  ],
  [
    () => untyped(row).branch({ a: 3 }),
    "branch: a must be a block, or a function that returns what comes out, but it is 3",
  ],
  [() => untyped(row).branch({ a: graph }, 3), "branch takes 1 argument, but it has 2"],
  [
    () => untyped(graph).branch({ a: graph }),
    "branch gives several tensors, which no block can: use parallel, or call it inside of a function",
  ],
])("%#: $1", (call, sentence) => {
  expect(caught(call)).toMatchObject({ code: "bad-parameter", sentence, at: expect.stringMatching(/^branch\.test/) });
});
