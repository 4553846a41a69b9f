import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionState, Event } from "@flaxen/runner";
import { expect, test } from "vitest";
import { clock } from "./line.ts";
import { type ProgressOptions, progress } from "./progress.ts";
import { seenAt } from "./testing/screen.ts";
import { story } from "./testing/story.ts";

const eventsOf = async function* (events: readonly Event[]): AsyncGenerator<Event> {
  yield* events;
};

const recorder = (isTTY: boolean) => {
  const output = {
    isTTY,
    columns: 100,
    text: "",
    write: (more: string) => {
      output.text += more;
    },
  };
  return output;
};

const show = async (isTTY: boolean, options: ProgressOptions = {}, events = story): Promise<string> => {
  let time = 0;
  const output = recorder(isTTY);
  await progress(eventsOf(events), { output, interval: 0, environment: {}, now: () => (time += 500), ...options });
  return output.text;
};

test("plain output has whole lines: stages, steps, warnings, epochs, attempts, the end", async () => {
  const text = await show(false);
  const lines = text.split("\n");
  expect(text).not.toMatch(/\p{Control}(?<!\n)/u);
  expect(lines.slice(0, 3)).toEqual([
    "starting",
    "preparing Python: installing jax, 日本語のパッケージ and 38 others",
    "waiting: 1 of 1 places is taken by r_0",
  ]);
  expect(lines).toContain("compiling");
  expect(lines).toContain("epoch 1/2  step 51/200  loss 0.5000  accuracy 0.5000  50.0 steps/s  0:03 left");
  expect(lines).toContain("attempt 2  epoch 1/2  step 51/200  loss 0.2500  accuracy 0.7500  50.0 steps/s  0:03 left");
  expect(lines.filter((line) => /^(python|epoch 1\/2 {2}loss|attempt 1|test|completed)/.test(line))).toEqual([
    "python: careful:  注意",
    "epoch 1/2  loss 0.5000  accuracy 0.5000  val/loss 0.4000  2.0 s",
    "attempt 1 ended (SIGKILL); starting again",
    "test  loss 0.1250  accuracy 0.7500  1.5 s",
    "completed  200 steps  loss 0.2500  accuracy 0.7500  1:02",
  ]);
  expect(lines.at(-1)).toBe("");
});

test("plain lines are rare, and rarer the longer a run takes", async () => {
  const step = story.find((event) => event.type === "step")!;
  const seconds = 3600;
  const steps = Array.from({ length: seconds }, (_, i): Event => ({ ...step, step: i, m: i * 1000 }) as Event);
  let time = 0;
  const ticking = async function* () {
    for (const event of steps) {
      time += 1000;
      yield event;
    }
  };
  const output = recorder(false);
  await progress(ticking(), { output, environment: {}, now: () => time });
  const lines = output.text.trimEnd().split("\n").length;
  expect(lines).toBeGreaterThan(100);
  expect(lines).toBeLessThan(250);
});

test("silent says nothing, by option or by FLAXEN_PROGRESS, and still waits for the end", async () => {
  expect(await show(true, { silent: true })).toBe("");
  expect(await show(true, { environment: { FLAXEN_PROGRESS: "off" } })).toBe("");
});

test("a connection that is away is told with the time since, and no longer once it is back", async () => {
  const states: ConnectionState[] = ["live", "unreachable", "unreachable", "live"];
  const steps = story.filter((event) => event.type === "step").slice(0, 4);
  const run = {
    connection: "live" as ConnectionState,
    [Symbol.asyncIterator]: async function* () {
      for (const [place, event] of steps.entries()) {
        run.connection = states[place]!;
        yield event;
      }
    },
  };
  let time = new Date(2026, 0, 1, 14, 3, 22).getTime();
  const output = recorder(false);
  await progress(run, { output, environment: {}, interval: 1e9, now: () => time++ });
  const lines = output.text.trimEnd().split("\n");
  expect(lines.map((line) => line.startsWith("unreachable since 14:03:22  step "))).toEqual([false, true, false]);
});

test("in silence the line goes on: it tells how long a stage takes, and that the run cannot be reached", async () => {
  const run = {
    connection: "live" as ConnectionState,
    [Symbol.asyncIterator]: async function* () {
      yield* story.slice(0, 5);
      time += 65_000;
      await sleep(250);
      run.connection = "unreachable";
      await sleep(250);
    },
  };
  let time = 1_000_000;
  const output = recorder(true);
  await progress(run, { output, environment: {}, now: () => time++ });
  expect(output.text).toContain("compiling  1:05");
  expect(output.text).toMatch(/unreachable since \d\d:\d\d:\d\d {2}compiling {2}1:05/);
  expect(seenAt(100, output.text)).toEqual([""]);
});

test("however quickly epochs come, no step of an earlier one stands below them", async () => {
  const output = recorder(true);
  await progress(eventsOf(story), { output, environment: {}, now: () => 0 });
  const last = story.findLastIndex((event) => event.type === "epoch");
  const step = story.slice(0, last).findLast((event) => event.type === "step");
  const below = output.text.split(/epoch \d\/2 {2}loss [^\n]*\n/).at(-1);
  expect(below).toContain(`step ${step!.step + 1}/`);
});

test("a flood of warnings becomes a few lines and a count", async () => {
  const log: Event = {
    ...{ run: "r_1", attempt: 1, seq: 0, t: 0, m: 0 },
    ...{ type: "log", stream: "stderr", level: "warning", text: "again", dropped: 2 },
  };
  const events = [...Array.from({ length: 1000 }, () => log), story.at(-1)!];
  let time = 0;
  const text = await show(false, { now: () => (time += 0.001) }, events);
  const lines = text.trimEnd().split("\n");
  const shown = lines.filter((line) => line === "python: again").length;
  const omitted = [...text.matchAll(/python: (\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(shown).toBeLessThan(60);
  expect(shown + omitted).toBe(3000);
  expect(lines.at(-1)).toMatch(/^completed/);
});

test("an ending that is none of the good ones says why, in one line", async () => {
  const failure = {
    code: "exception",
    type: "ValueError",
    message: "no\nsecond line",
    traceback: "",
    frames: [],
    data: {},
  };
  const end = { ...story.at(-1)!, reason: "failed", failure, m: 12_000, step: 1 } as Event;
  expect(await show(false, {}, [end])).toBe("failed  1 step  ValueError: no  0:12\n");
});

test("a reader that leaves ends no training", async () => {
  const script = join(import.meta.dirname, "testing/show.ts");
  const child = spawn(process.execPath, ["--conditions=@flaxen/source", script, "4"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, FLAXEN_PROGRESS: "" },
  });
  child.stderr.once("data", () => child.stderr.destroy());
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(0);
  expect(printed).toBe("mine: before\nmine: after\n");
});

test("an output that throws ends no training either", async () => {
  const output = {
    write: () => {
      throw new Error("closed");
    },
  };
  await expect(progress(eventsOf(story), { output, environment: {} })).resolves.toBeUndefined();
});

test("nothing is left behind: no listener, no timer", async () => {
  const events = ["SIGINT", "SIGTERM", "SIGHUP", "exit", "uncaughtExceptionMonitor"];
  const count = () => events.map((name) => process.listenerCount(name));
  const before = count();
  for (let time = 0; time < 15; time++)
    await progress(eventsOf([]), { output: process.stderr, environment: { FLAXEN_PROGRESS: "plain" } });
  expect(count()).toEqual(before);
  expect(process.stderr.listenerCount("error")).toBeLessThan(5);
});

test("clock", () => {
  expect([clock(3.4), clock(65), clock(3723)]).toEqual(["0:03", "1:05", "1:02:03"]);
});
