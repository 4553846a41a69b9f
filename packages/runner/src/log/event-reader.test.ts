import fc from "fast-check";
import { expect, test } from "vitest";
import { MalformedEventError, StreamGapError, UnknownEventVersionError } from "../errors/log-errors.ts";
import type { Event } from "../events.ts";
import { beginning } from "./cursor.ts";
import { eventAt, eventCount, eventReader } from "./event-reader.ts";
import { line, logOf } from "./testing.ts";

const encoder = new TextEncoder();
const log = (text: string, level = "info") => ({ type: "log", stream: "stdout", level, text, dropped: 0 });

const readAll = (pieces: readonly Uint8Array[]) => {
  const reader = eventReader(beginning);
  const events: Event[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (let line = reader.next(); line; line = reader.next()) {
      for (let row = 0; row < eventCount(line.content); row++) events.push(eventAt(line.content, row));
    }
  }
  return { events, fault: reader.fault };
};
const readText = (text: string) => readAll([encoder.encode(text)]);

const wireValue = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 53, 1e308));
const onWire = (value: number) => (Number.isFinite(value) ? value : String(value));
const event = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => log(text)),
  fc.array(wireValue, { maxLength: 5 }).map((values) => ({
    type: "steps",
    first: 3,
    count: values.length,
    metrics: { loss: values.map(onWire) },
  })),
  fc.record({ type: fc.constant("weights.later"), data: fc.jsonValue() }),
);

test("however the bytes are cut, the events are the same", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 60 }), (events, cuts) => {
      const bytes = encoder.encode(logOf(...events));
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      pieces.push(bytes.subarray(at));
      const { events: cut, fault } = readAll(pieces);
      expect(fault).toBeUndefined();
      expect(cut).toEqual(readAll([bytes]).events);
      expect(cut.at(-1)?.type).toBe("run.ended");
    }),
  );
});

test("every number that Python can write comes back as it was", () => {
  fc.assert(
    fc.property(fc.array(wireValue, { minLength: 1 }), (values) => {
      const steps = { type: "steps", first: 10, count: values.length, metrics: { loss: values.map(onWire) } };
      const { events } = readText(line(0, steps));
      const expected = values.map((loss, row) => ({ type: "step", step: 10 + row, metrics: { loss } }));
      expect(events).toMatchObject(expected.map((one) => ({ ...one, metrics: { loss: zeroed(one.metrics.loss) } })));
    }),
  );
});
/** JSON.stringify writes -0 as 0; Python writes -0.0. */
const zeroed = (value: number) => (Object.is(value, -0) ? 0 : value);

test("-0.0 as Python writes it stays negative", () => {
  const text = line(0, { type: "epoch", epoch: 0, step: 1, metrics: { loss: 1 }, best: true, seconds: 1 });
  const [epoch] = readText(text.replace('"loss":1', '"loss":-0.0')).events;
  expect(epoch).toMatchObject({ metrics: { loss: -0 } });
});

test("a torn last line waits for its rest", () => {
  const text = line(0, log("half"));
  const reader = eventReader(beginning);
  reader.push(encoder.encode(text.slice(0, 30)));
  expect(reader.next()).toBeUndefined();
  expect(reader.fault).toBeUndefined();
  reader.push(encoder.encode(text.slice(30)));
  expect(reader.next()).toMatchObject({ seq: 0 });
  expect(reader.next()).toBeUndefined();
});

test("a carriage return before the line's end does not count, and bytes that are no UTF-8 are replaced", () => {
  const text = encoder.encode(line(0, log("~")).replace("\n", "\r\n"));
  const broken = text.map((byte) => (byte === 0x7e ? 0xff : byte));
  expect(readAll([broken]).events).toMatchObject([{ type: "log", text: "\ufffd" }]);
});

test("an event of an unknown type keeps its data", () => {
  expect(readText(line(0, { type: "checkpoint", step: 7 })).events).toEqual([
    {
      run: "r_1",
      attempt: 1,
      seq: 0,
      t: 1_763_715_600_000,
      m: 0,
      type: "other",
      name: "checkpoint",
      data: { step: 7 },
    },
  ]);
});

test("an unknown version is an error, and nothing behind it is read", () => {
  const { events, fault } = readText(line(0, log("a")) + line(1, { ...log("b"), v: 2 }) + line(2, log("c")));
  expect(events).toHaveLength(1);
  expect(UnknownEventVersionError.isInstance(fault)).toBe(true);
  expect(fault?.message).toContain("events of version 2");
});

test("a hole in seq says where it is", () => {
  const first = line(0, log("a"));
  const { events, fault } = readText(first + line(2, log("c")));
  expect(events).toHaveLength(1);
  expect(StreamGapError.isInstance(fault) && fault.gap).toEqual({
    attempt: 1,
    offset: first.length,
    expected: 1,
    found: 2,
  });
});

test("a line that comes twice is taken once", () => {
  const { events } = readText(line(0, log("a")) + line(0, log("a")) + line(1, log("b")));
  expect(events.map((one) => one.seq)).toEqual([0, 1]);
});

test.each([
  ["not JSON", "{nonsense\n", "it is not JSON"],
  ["a number", "7\n", "not a JSON object"],
  ["a wrong field", line(0, { ...log("a"), stream: "stdlog" }), '"stream" of "log"'],
  [
    "columns of unequal length",
    line(0, { type: "steps", first: 0, count: 2, metrics: { loss: [1] } }),
    "2 steps and 1",
  ],
  ["another attempt's", line(0, { ...log("a"), att: 2 }), "it belongs to attempt 2"],
])("a line that is no event is named: %s", (_, text, why) => {
  const { fault } = readText(text);
  expect(MalformedEventError.isInstance(fault)).toBe(true);
  expect(fault?.message).toContain(why);
});

test("a cut before run.ended is noticed even where seq has no hole", () => {
  const whole = logOf(log("long enough to be missed"));
  expect(readText(whole.replace("long enough to be missed", "short")).fault?.code).toBe("stream-gap");
});
