import { LogTruncatedError } from "../errors/log-errors.ts";
import { RunLostError } from "../errors/run-lost-error.ts";
import type { Event } from "../events.ts";
import type { LogCarrier, LogTail } from "./carrier.ts";
import { beginning, type Cursor, fromCursor, type Position } from "./cursor.ts";
import { type EventLine, eventAt, eventCount, eventReader } from "./event-reader.ts";

/** Where a reader stands in a run's log, which is one file an attempt. */
export interface LogFollower {
  readonly position: Position;
  /** No more events will come. */
  readonly ended: boolean;
  /** The next event of what was read; undefined where more must be read first, and at the end. */
  next(): Event | undefined;
  /** Reads until there is an event, or none to come. Rejects with what stands in the way; the follower has ended then. */
  fill(): Promise<void>;
  close(): Promise<void>;
}

export interface FollowOptions {
  /** For messages. */
  readonly run: string;
  readonly from?: Cursor | string | undefined;
  readonly signal: AbortSignal;
}

export const logFollower = (carrier: LogCarrier, { run, from, signal }: FollowOptions): LogFollower => {
  let position = from === undefined ? beginning : fromCursor(from);
  let reader = eventReader(position);
  /** The line that is being given away, and its next row. */
  let line: EventLine | undefined;
  let row = position.delivered;
  let read = position.offset;
  /** What the line before said of the log: nothing comes behind it, or it goes on in the next attempt's. */
  let last: "run" | "attempt" | undefined;
  let tail: LogTail | undefined;
  let closed = false;
  let suspected = false;

  const place = (): Position => {
    if (!line) return position;
    return row < eventCount(line.content) ? { ...position, delivered: row } : behind(line);
  };

  /** Leaves a line that was given away whole, and takes the next one. */
  const turn = (): boolean => {
    if (line) {
      position = behind(line);
      row = 0;
    }
    line = reader.next();
    if (!line) return false;
    suspected = false;
    const { type } = line.content;
    if (type === "run.ended") last = "run";
    else if (type === "attempt.ended" && line.content.retry) last = "attempt";
    return true;
  };

  const begin = async (from: Position): Promise<void> => {
    position = from;
    reader = eventReader(from);
    line = undefined;
    row = from.delivered;
    read = from.offset;
    last = undefined;
    suspected = false;
    await release();
  };

  const release = async (): Promise<void> => {
    const open = tail;
    tail = undefined;
    await open?.close();
  };

  const close = async (): Promise<void> => {
    closed = true;
    await release();
  };

  /** The next bytes; undefined where this attempt's log has none left and the next one's has. */
  const nextPiece = async (open: LogTail): Promise<Uint8Array | undefined> => {
    let death: string | undefined;
    let over = false;
    for (let waited = false; ; waited = true) {
      const { bytes, size } = await open.read(read);
      if (size < read) throw new LogTruncatedError(read, size);
      if (bytes.length > 0) return bytes;
      // Whatever was found out, the log is read once more behind it: its last words may have been written in between.
      if (over) return undefined;
      if (death !== undefined) throw new RunLostError(run, death);
      if (waited) {
        const proof = await carrier.proveLife(signal);
        over = await hasNextAttempt();
        if (!proof.alive && !over) death = proof.cause;
      }
      if (!over && death === undefined) await open.waitForGrowth(read, signal);
      signal.throwIfAborted();
    }
  };

  /** There is one only where this attempt asked for it or its supervisor was proven dead. */
  const hasNextAttempt = async (): Promise<boolean> => {
    const next = await carrier.open(position.attempt + 1, signal);
    try {
      return (await next.read(0)).size > 0;
    } finally {
      await next.close();
    }
  };

  const readMore = async (): Promise<void> => {
    if (last === "attempt") await begin(place());
    // A hole may be a reader's mistake: the log is read a second time before it counts.
    if (reader.fault) {
      if (suspected) throw reader.fault;
      await begin(place());
      suspected = true;
    }
    tail ??= await carrier.open(position.attempt, signal);
    const bytes = await nextPiece(tail);
    if (!bytes) return begin({ ...beginning, attempt: position.attempt + 1 });
    read += bytes.length;
    reader.push(bytes);
  };

  return {
    get position() {
      return place();
    },
    get ended() {
      return closed && (!line || row >= eventCount(line.content));
    },
    next: () => {
      while (!line || row >= eventCount(line.content)) {
        if (last || !turn()) return undefined;
      }
      row += 1;
      return eventAt(line.content, row - 1);
    },
    fill: async () => {
      try {
        if (last === "run") return await close();
        await readMore();
        if (signal.aborted) await close();
      } catch (error) {
        await close();
        if (!signal.aborted) throw error;
      }
    },
    close,
  };
};

/** Behind an attempt that is followed by another one, the next event is that one's first. */
const behind = ({ content, end, seq }: EventLine): Position =>
  content.type === "attempt.ended" && content.retry
    ? { ...beginning, attempt: content.attempt + 1 }
    : { attempt: content.attempt, offset: end, seq: seq + 1, delivered: 0 };
