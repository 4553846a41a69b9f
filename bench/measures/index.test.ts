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
    "cnn-torch": "peer / ours >= 0.85",
    "lstm-torch": "peer / ours >= 1",
    "gpt-torch": "peer / ours >= 1.2",
    "predict-warm": "ours (ms) < 20",
    "start-seen": "ours (ms) <= 30",
    "start-warm": "ours (ms) <= 800",
    "start-cold": "ours (ms) <= 8000",
    "start-cold-keras": "ours / peer < 1",
    events: "ours (events/s) >= 250000",
    "events-read": null,
    "events-slow": "ours (MB) < 150",
    attach: "ours (ms) < 1000",
    "csv-load": "ours / peer <= 1.3",
    "compile-1k": "ours (ms) <= 50",
    "compile-10k": "ours / peer <= 10",
    "types-300": "ours (s) <= 0.25",
    "types-zoo": "ours (s) <= 1",
  });
});
