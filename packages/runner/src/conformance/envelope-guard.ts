import type { Event } from "../events.ts";
import { type Cursor, fromCursor } from "../log/cursor.ts";
import { ConformanceError } from "./conformance-error.ts";

/**
 * Watches what must hold for every stream of every run: each event once and in order, `seq` without a hole, a monotonic
 * clock and cursors that never go back, nothing behind `run.ended`.
 *
 * @param from where the stream begins
 */
export const envelopeGuard = (run: string, from?: Cursor) => {
  const start = from === undefined ? { attempt: 1, offset: 0, seq: 0 } : fromCursor(from);
  let { attempt, offset, seq } = start;
  let before: Event | undefined;

  return (event: Event, cursor: () => Cursor): void => {
    const fail = (what: string, expected: unknown, found: unknown): never => {
      throw new ConformanceError({ run, cursor: cursor() }, what, { expected, found });
    };
    if (before && isSameLine(before, event)) {
      before = event;
      return;
    }
    if (event.run !== run) fail("it gave an event of another run", run, event.run);
    if (before?.type === "run.ended") fail("it gave an event behind run.ended", undefined, event);
    if (event.attempt === attempt + 1 && event.type === "attempt.started")
      [attempt, offset, seq] = [event.attempt, 0, 0];
    if (event.attempt !== attempt || event.seq !== seq) {
      fail("events are missing, twice or out of order", { attempt, seq }, event);
    }
    if (before?.attempt === attempt && event.m < before.m) fail("its clock went back", before.m, event.m);
    const place = fromCursor(cursor());
    const follows = event.type === "attempt.ended" && place.attempt === attempt + 1;
    if (!follows && (place.attempt !== attempt || place.offset < offset)) {
      fail("its cursor went back", { attempt, offset }, cursor());
    }
    if (event.type === "run.ended" && event.events !== seq + 1) {
      fail("run.ended counts other events than came", seq + 1, event.events);
    }
    [attempt, offset, before] = [place.attempt, place.offset, event];
    seq = follows ? 0 : seq + 1;
  };
};

/** The next of the steps that one line holds. */
const isSameLine = (before: Event, event: Event): boolean =>
  before.type === "step" &&
  event.type === "step" &&
  event.seq === before.seq &&
  event.attempt === before.attempt &&
  event.run === before.run &&
  event.step === before.step + 1;
