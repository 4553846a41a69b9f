import { expect, test } from "vitest";
import { type Row, recorded } from "./record.ts";

const row = (name: string, date: string, ours: number, cores = 2): Row => ({
  date,
  hardware: { cpu: "Test | CPU", cores, python: "3.13.1", jax: "0.12.0" },
  outcome: { name, ours, peer: 200, ratio: 200 / ours, unit: "µs/step", goal: "peer / ours >= 2", holds: ours <= 100 },
  against: "Keras 3.15.1 on JAX 0.12.0: steps_per_execution=1",
});

test("a result stands in one row, whatever its cells hold", () => {
  const text = recorded("", [row("step-keras", "2026-11-21", 100)]);
  expect(text.split("\n").slice(-2)).toEqual([
    "| 2026-11-21 | Test \\| CPU | 2 | 3.13.1 | 0.12.0 | step-keras | 100 µs/step | 200 µs/step | 2 | peer / ours >= 2 | yes | Keras 3.15.1 on JAX 0.12.0: steps_per_execution=1 |",
    "",
  ]);
});

test("measured again on the same machine it is replaced, elsewhere it is added", () => {
  const first = recorded("", [row("step-keras", "2026-11-21", 100), row("step-torch", "2026-11-21", 50)]);
  const again = recorded(first, [row("step-keras", "2026-12-01", 160)]);
  expect(again.split("\n").filter((line) => line.startsWith("| 20"))).toHaveLength(2);
  expect(again).toContain("| 2026-12-01 | Test \\| CPU | 2 | 3.13.1 | 0.12.0 | step-keras | 160 µs/step");
  expect(again).toContain("| no |");
  const elsewhere = recorded(again, [row("step-keras", "2026-12-02", 100, 16)]);
  expect(elsewhere.split("\n").filter((line) => line.startsWith("| 20"))).toHaveLength(3);
});

test("a number without a peer or a goal says so", () => {
  const { outcome, ...rest } = row("predict-warm", "2026-11-21", 3);
  const bare = {
    ...rest,
    against: undefined,
    outcome: { ...outcome, peer: null, ratio: null, goal: null, holds: null },
  };
  expect(recorded("", [bare])).toContain("| 3 µs/step | – | – | reported as it is | – | – |");
});
