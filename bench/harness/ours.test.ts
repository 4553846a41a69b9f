import { expect, test } from "vitest";
import { marksOf, type RunOfOurs } from "./ours.ts";

const run = (result: () => Promise<unknown>): RunOfOurs => ({
  async *[Symbol.asyncIterator]() {
    yield { type: "run.started", m: 1 };
    for (const step of [0, 1, 2]) yield { type: "step", m: 1500, step };
    yield { type: "epoch", m: 2000, step: 3 };
    yield { type: "step", m: 2500, step: 3 };
  },
  result,
});

test("the steps of one report are one mark", async () => {
  expect(
    await marksOf(
      run(async () => {}),
      "step",
    ),
  ).toEqual([
    { step: 2, seconds: 1.5 },
    { step: 3, seconds: 2.5 },
  ]);
  expect(
    await marksOf(
      run(async () => {}),
      "epoch",
    ),
  ).toEqual([{ step: 3, seconds: 2 }]);
});

test("a run that fails is no measurement", async () => {
  const failing = run(() => Promise.reject(new Error("the loss is NaN")));
  await expect(marksOf(failing, "step")).rejects.toThrow("the loss is NaN");
});
