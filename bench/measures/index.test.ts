import { expect, test } from "vitest";
import { showGoal } from "../harness/measure.ts";
import { benches } from "./index.ts";

test("every measure has its goal", () => {
  const goals = benches.flatMap(({ measures }) => measures.map((measure) => [measure.name, showGoal(measure)]));
  expect(Object.fromEntries(goals)).toEqual({
    "step-functional": "ours / peer <= 1.05",
    "step-nnx": "peer / ours >= 15",
    "step-keras": "peer / ours >= 2",
    "step-keras-best": "peer / ours >= 1.3",
    "step-torch": "peer / ours >= 4",
    "cnn-keras": "peer / ours >= 1.8",
    "cnn-torch": null,
    "predict-warm": "ours (ms) < 20",
  });
});
