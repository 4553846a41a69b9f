import { getEventListeners } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidCursorError, LogTruncatedError, StreamGapError } from "../errors/log-errors.ts";
import { RunLostError } from "../errors/run-lost-error.ts";
import type { Event } from "../events.ts";
import { type Cursor, fromCursor } from "./cursor.ts";
import { type ReadOptions, readEvents } from "./read-events.ts";
import { attemptOf, lastAttemptOf, line, logOf, memoryLog } from "./testing.ts";

const warning = (text: string) => ({ type: "warning", code: "test", text });
const steps = (first: number, ...loss: number[]) => ({ type: "steps", first, count: loss.length, metrics: { loss } });

const failed = { type: "attempt.ended", exit: null, signal: "SIGKILL", retry: true };

const collect = async (log: ReturnType<typeof memoryLog>, options: Partial<ReadOptions> = {}) => {
  const events: Event[] = [];
  for await (const event of readEvents(log.carrier, { run: "r_1", ...options })) events.push(event);
  return events;
};

test("events arrive as the log grows, and run.ended ends the stream", async () => {
  const log = memoryLog(7);
  const reading = collect(log);
  const whole = logOf(warning("one"), steps(0, 3, 2, 1), warning("two"));
  for (const character of whole) {
    log.append(character);
    if (character === "\n") await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const events = await reading;
  expect(events.map(({ type }) => type)).toEqual(["warning", "step", "step", "step", "warning", "run.ended"]);
  expect(log.state.open).toBe(0);
});

test("left anywhere and continued from its cursor, a stream misses and repeats nothing", async () => {
  const log = memoryLog();
  log.append(attemptOf(1, warning("ä"), steps(0, 5, 4, 3), steps(3), failed));
  log.append(attemptOf(2, failed), 2);
  log.append(lastAttemptOf(3, warning("b"), steps(3, 2, 1)), 3);
  const all = await collect(log);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }), async (portions) => {
      const events: Event[] = [];
      let from: Cursor | undefined;
      for (const portion of [...portions, 100]) {
        const stream = readEvents(log.carrier, { run: "r_1", from });
        for (let taken = 0; taken < portion && events.at(-1)?.type !== "run.ended"; taken++) {
          const step = await stream.next();
          if (!step.done) events.push(step.value);
        }
        from = JSON.parse(JSON.stringify(stream.cursor)) as Cursor;
        await stream.return();
      }
      expect(events).toEqual(all);
      expect(log.state.open).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test("a hole is read a second time before it counts", async () => {
  const log = memoryLog(4096);
  const whole = logOf(warning("a"), warning("b"), warning("c"));
  const [a, , c] = whole.split(/(?<=\n)/) as [string, string, string];
  log.append(a + c);
  const stream = readEvents(log.carrier, { run: "r_1" });
  await stream.next();
  log.replace(whole);
  const rest: Event[] = [];
  for await (const event of stream) rest.push(event);
  expect(rest.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("a hole that stays is an error after the events before it", async () => {
  const log = memoryLog();
  log.append(line(0, warning("a")) + line(2, warning("c")));
  const stream = readEvents(log.carrier, { run: "r_1" });
  expect((await stream.next()).done).toBe(false);
  await expect(stream.next()).rejects.toSatisfy((error) => StreamGapError.isInstance(error));
  expect(log.state.open).toBe(0);
});

test("a log that became shorter is an error, not a rewind", async () => {
  const log = memoryLog();
  log.append(line(0, warning("a")) + line(1, warning("b")));
  const stream = readEvents(log.carrier, { run: "r_1" });
  await stream.next();
  await stream.next();
  log.replace(line(0, warning("a")));
  await expect(stream.next()).rejects.toSatisfy((error) => LogTruncatedError.isInstance(error));
});

test("only proof of death ends a stream without run.ended, and the last lines come first", async () => {
  const log = memoryLog();
  log.append(line(0, warning("a")));
  const stream = readEvents(log.carrier, { run: "r_1" });
  await stream.next();
  log.die("ended (SIGKILL)");
  log.append(`${line(1, warning("b"))}{"v":1,"run":"r_1","att":1,"se`);
  expect(await stream.next()).toMatchObject({ value: { seq: 1 } });
  await expect(stream.next()).rejects.toSatisfy(
    (error) =>
      RunLostError.isInstance(error) && error.message.includes("Run r_1 is lost: the supervisor ended (SIGKILL)"),
  );
});

test("an attempt that is followed by another one goes on there, as soon as it begins", async () => {
  const log = memoryLog();
  log.append(attemptOf(1, warning("a"), failed));
  const reading = collect(log);
  await new Promise((resolve) => setTimeout(resolve, 20));
  log.append(lastAttemptOf(2, warning("b")), 2);
  const events = await reading;
  expect(events.map(({ attempt, seq, type }) => `${attempt}:${seq}:${type}`)).toEqual([
    "1:0:warning",
    "1:1:attempt.ended",
    "2:0:warning",
    "2:1:run.ended",
  ]);
  expect(log.state.open).toBe(0);
});

test.each(["alive", "dead"])(
  "a run that was started again goes on behind what was lost: supervisor %s",
  async (now) => {
    const log = memoryLog();
    log.append(`${attemptOf(1, warning("a"))}{"v":1,"run":"r_1","att":1,"se`);
    log.append(lastAttemptOf(2, warning("b")), 2);
    if (now === "dead") log.die("was killed");
    expect((await collect(log)).map(({ attempt, type }) => `${attempt}:${type}`)).toEqual([
      "1:warning",
      "2:warning",
      "2:run.ended",
    ]);
  },
);

test("an attempt that was to be tried again, and was not, is lost", async () => {
  const log = memoryLog();
  log.append(attemptOf(1, failed));
  log.die("was killed");
  await expect(collect(log)).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  expect(log.state.open).toBe(0);
});

test("a stream that has ended or was left does not listen to its signal any more", async () => {
  const log = memoryLog();
  log.append(logOf(warning("a")));
  const { signal } = new AbortController();
  await collect(log, { signal });
  const abandoned = readEvents(log.carrier, { run: "r_1", signal });
  await abandoned.next();
  await abandoned.return();
  const last = readEvents(log.carrier, { run: "r_1", signal });
  while ((await last.next()).value?.type !== "run.ended");
  const failing = memoryLog();
  failing.append("{}\n");
  await expect(collect(failing, { signal })).rejects.toThrow();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an aborted or abandoned stream ends at once and closes what it opened", async () => {
  const log = memoryLog();
  log.append(line(0, warning("a")));
  const abort = new AbortController();
  const aborted = collect(log, { signal: abort.signal });
  const abandoned = readEvents(log.carrier, { run: "r_1" });
  await abandoned.next();
  const waiting = abandoned.next();
  abort.abort();
  await abandoned.return();
  expect(await aborted).toHaveLength(1);
  expect((await waiting).done).toBe(true);
  expect(log.state.open).toBe(0);
});

test("two readers of one log both get everything", async () => {
  const log = memoryLog();
  const both = [collect(log), collect(log)];
  log.append(logOf(warning("a"), steps(0, 1, 2)));
  const [one, other] = await Promise.all(both);
  expect(one).toHaveLength(4);
  expect(other).toEqual(one);
});

test("a cursor that no run gave out is refused", () => {
  for (const text of ["", "0:0:0", "1:2", "1:2:3:4:5", "a:b:c"]) {
    expect(() => fromCursor(text)).toThrow(InvalidCursorError);
  }
});
