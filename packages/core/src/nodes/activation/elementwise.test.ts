import { expect, test } from "vitest";
import { caught } from "../../../test/caught.ts";
import { ids, image, row, times, untyped } from "../../../test/untyped.ts";
import { nodeOf } from "../../graph/index.ts";

test.each([
  [times.gelu(), { approximate: false }],
  [times.gelu({ approximate: true }), { approximate: true }],
  [times.leakyRelu(), { negativeSlope: 0.01 }],
  [times.leakyRelu({ negativeSlope: 0.2 }), { negativeSlope: 0.2 }],
  [times.elu(), { alpha: 1 }],
  [times.elu({ alpha: 0.5 }), { alpha: 0.5 }],
  [times.celu(), { alpha: 1 }],
  [times.celu({ alpha: 2 }), { alpha: 2 }],
  [times.threshold(0.1), { threshold: 0.1, value: 0 }],
  [times.threshold(-1, { value: 20 }), { threshold: -1, value: 20 }],
  [times.relu6(), {}],
])("shape and dtype stay, defaults are written out: %o", (tensor, params) => {
  expect(tensor).toMatchObject({ shape: times.shape, dtype: "float" });
  expect(nodeOf(tensor).params).toEqual(params);
});

test.each([
  [() => untyped(ids).gelu(), "wrong-dtype", "gelu needs float, but its input is int"],
  [
    () => untyped(image).gelu({ approximate: "tanh" }),
    "bad-parameter",
    'gelu: approximate must be true or false, but it is "tanh"',
  ],
  [
    () => untyped(row).leakyRelu({ slope: 0.2 }),
    "unknown-option",
    'leakyRelu has no option "slope". Known: negativeSlope.',
  ],
  [() => untyped(row).leakyRelu(0.2), "bad-parameter", "leakyRelu: its options must be an object, but they are 0.2"],
  [
    () => row.leakyRelu({ negativeSlope: Number.POSITIVE_INFINITY }),
    "bad-parameter",
    "leakyRelu: negativeSlope must be a number, but it is Infinity",
  ],
  [() => row.elu({ alpha: 0 }), "bad-parameter", "elu: alpha must be more than 0, but it is 0"],
  [() => row.celu({ alpha: -1 }), "bad-parameter", "celu: alpha must be more than 0, but it is -1"],
  [() => untyped(row).threshold(), "bad-parameter", "threshold needs threshold; it must be a number"],
  [() => untyped(ids).relu6(), "wrong-dtype", "relu6 needs float, but its input is int"],
])("$2", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});
