import { LogTruncatedError } from "../errors/log-errors.ts";
import { RunLostError } from "../errors/run-lost-error.ts";
import type { LogCarrier, LogTail } from "./carrier.ts";
import { beginning, type Cursor, fromCursor, type Position } from "./cursor.ts";
import { type EventLine, eventReader } from "./event-reader.ts";

/** Where a reader stands in a run's log, and the next of the lines that were read. */
export interface LogFollower {
  readonly line: EventLine | undefined;
  readonly position: Position;
  /** No more lines will come. */
  readonly ended: boolean;
  /** Waits until there are lines, or none to come. Rejects with what stands in the way; the follower has ended then. */
  fill(): Promise<void>;
  /** To the given event of the line, or behind that line. */
  advance(delivered: number | undefined): void;
  close(): Promise<void>;
}

export const logFollower = (
  carrier: LogCarrier,
  run: string,
  from: Cursor | undefined,
  signal: AbortSignal,
): LogFollower => {
  let position = from === undefined ? beginning : fromCursor(from);
  const { attempt } = position;
  let reader = eventReader(position);
  let read = position.offset;
  let lines: readonly EventLine[] = [];
  let taken = 0;
  let ended = false;
  let tail: LogTail | undefined;
  let waitedInVain = false;
  let suspected = false;

  /** The next bytes; undefined when aborted. */
  const nextPiece = async (open: LogTail): Promise<Uint8Array | undefined> => {
    let death: string | undefined;
    while (!signal.aborted) {
      const { bytes, size } = await open.read(read);
      if (size < read) throw new LogTruncatedError(read, size);
      if (bytes.length > 0) {
        waitedInVain = false;
        return bytes;
      }
      // Read once more after the proof: the last words may have been written in between.
      if (death !== undefined) throw new RunLostError(run, death);
      if (waitedInVain) {
        const proof = await carrier.proveLife();
        if (!proof.alive) death = proof.cause;
      }
      if (death === undefined) await open.waitForGrowth(read, signal);
      waitedInVain = true;
    }
    return undefined;
  };

  const readLines = async (open: LogTail): Promise<void> => {
    while (taken === lines.length) {
      // A hole may be a reader's mistake: the log is read a second time before it counts.
      if (reader.fault) {
        if (suspected) throw reader.fault;
        suspected = true;
        reader = eventReader(position);
        read = position.offset;
      }
      const bytes = await nextPiece(open);
      if (!bytes) break;
      read += bytes.length;
      lines = reader.push(bytes);
      taken = 0;
      if (lines.length > 0) suspected = false;
    }
  };

  const close = async (): Promise<void> => {
    ended = true;
    const open = tail;
    tail = undefined;
    await open?.close();
  };

  return {
    get line() {
      return lines[taken];
    },
    get position() {
      return position;
    },
    get ended() {
      return ended && taken === lines.length;
    },
    fill: async () => {
      try {
        tail ??= await carrier.open(attempt);
        await readLines(tail);
        if (signal.aborted || lines.at(-1)?.content.type === "run.ended") await close();
      } catch (error) {
        await close();
        throw error;
      }
    },
    advance: (delivered) => {
      const line = lines[taken]!;
      if (delivered !== undefined) {
        position = { ...position, delivered };
      } else {
        position = { attempt, offset: line.end, seq: line.seq + 1, delivered: 0 };
        taken += 1;
      }
    },
    close,
  };
};
