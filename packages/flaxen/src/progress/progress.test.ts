import type { Event } from "@flaxen/runner";
import { expect, test } from "vitest";
import { clock } from "./line.ts";
import { progress } from "./progress.ts";

const base = { run: "r_1", attempt: 1, t: 0 };
const story: readonly Event[] = [
  { ...base, seq: 0, m: 0, type: "env.progress", environment: "base", text: "installing jax" },
  {
    ...base,
    seq: 1,
    m: 1,
    type: "prepare.ended",
    data: {},
    totalSteps: 200,
    epochs: 2,
    stepsPerEpoch: 100,
    seconds: 1,
  },
  ...Array.from({ length: 51 }, (_, step): Event => {
    return {
      ...base,
      seq: 2 + step,
      m: 1000 + 20 * step,
      type: "step",
      step,
      metrics: { loss: 1, "digit/loss": 1, "digit/accuracy": 0.5 },
    };
  }),
  {
    ...base,
    seq: 53,
    m: 3000,
    type: "epoch",
    epoch: 0,
    step: 100,
    best: true,
    seconds: 2,
    metrics: { loss: 0.5, "digit/loss": 0.5, "digit/accuracy": 0.9, "val/loss": 0.4, "val/digit/loss": 0.4 },
  },
];
const events = async function* (): AsyncGenerator<Event> {
  yield* story;
};
const show = async (isTTY: boolean, silent = false) => {
  let text = "";
  let time = 0;
  const output = {
    isTTY,
    columns: 200,
    write: (more: string) => {
      text += more;
    },
  };
  await progress(events(), { output, silent, interval: 0, now: () => (time += 1_000) });
  return text;
};

test("plain output has whole lines: stage, step, epoch", async () => {
  const lines = (await show(false)).split("\n");
  expect(lines[0]).toBe("preparing Python: installing jax");
  expect(lines).toContain("compiling");
  expect(lines).toContain("epoch 1/2  step 51/200  loss 1.0000  accuracy 0.5000  50.0 steps/s  0:03 left");
  expect(lines.at(-2)).toBe("epoch 1/2  loss 0.5000  accuracy 0.9000  val/loss 0.4000  2.0 s");
});

test("a terminal's line is rewritten in place and cleared at the end", async () => {
  const text = await show(true);
  expect(text).toContain("\r\x1b[2Kepoch 1/2  step 51/200");
  expect(text.endsWith("\r\x1b[2K")).toBe(true);
  expect(text.split("\n")).toHaveLength(2);
});

test("silent says nothing", async () => {
  expect(await show(true, true)).toBe("");
});

test("clock", () => {
  expect([clock(3.4), clock(65), clock(3723)]).toEqual(["0:03", "1:05", "1:02:03"]);
});
