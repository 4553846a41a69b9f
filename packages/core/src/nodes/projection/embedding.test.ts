import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, untyped } from "../../../test/untyped.ts";
import { weightShapes } from "../../../test/weights.ts";

const vectors = ids.embedding({ vocab: 100, features: 8 });

test("each whole number becomes a vector of floats", () => {
  expect(vectors).toMatchObject({ shape: ["batch", 16, 8], dtype: "float" });
  expect(weightShapes(vectors)).toEqual({ embedding: [100, 8] });
});

test.each([
  [
    () => untyped(image).embedding({ vocab: 3, features: 3 }),
    "wrong-dtype",
    "embedding needs int, but its input is float",
  ],
  [() => untyped(ids).embedding({ vocab: 3 }), "bad-parameter", "embedding needs features; it must be a whole number"],
  [() => untyped(ids).embedding(), "bad-parameter", "embedding needs vocab; it must be a whole number"],
  [
    () => untyped(ids).embedding({ vocabulary: 3, features: 3 }),
    "unknown-option",
    'embedding has no option "vocabulary". Known: vocab, features, name.',
  ],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
