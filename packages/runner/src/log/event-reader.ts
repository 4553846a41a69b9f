import type { FlaxenError } from "@flaxen/errors";
import { MalformedEventError, StreamGapError } from "../errors/log-errors.ts";
import type { Event } from "../events.ts";
import type { Position } from "./cursor.ts";
import { lineSplitter, type TextLine } from "./line-splitter.ts";
import { type Content, parseLine } from "./parse-line.ts";

/** A line that was understood, and where the next one starts. */
export interface EventLine {
  readonly content: Content;
  readonly seq: number;
  readonly end: number;
}

export interface EventReader {
  /** Takes the next bytes of the log, cut anywhere. The lines before them must have been taken. */
  push(bytes: Uint8Array): void;
  /** What the next whole line says; undefined until more bytes come, and behind a fault. */
  next(): EventLine | undefined;
  /** Why the line after the last one given cannot be read; nothing is read behind it. */
  readonly fault: FlaxenError | undefined;
}

/**
 * Reads one attempt's log from a position on: whole lines, each event once, no hole in `seq`. A line is parsed when it is
 * asked for, so that what was read in one piece costs no more memory than its bytes.
 */
export const eventReader = (from: Position): EventReader => {
  const split = lineSplitter(from.offset);
  let expected = from.seq;
  let fault: FlaxenError | undefined;

  const read = (line: TextLine): EventLine | undefined => {
    const parsed = parseLine(line);
    if (parsed.attempt !== from.attempt) {
      throw new MalformedEventError(line.start, line.text, `it belongs to attempt ${parsed.attempt}`);
    }
    if (parsed.seq < expected) return undefined;
    const content = parsed.content();
    const cut = content.type === "run.ended" && content.bytes !== line.start;
    if (parsed.seq > expected || cut) {
      throw new StreamGapError({ attempt: from.attempt, offset: line.start, expected, found: parsed.seq });
    }
    return { content, seq: expected++, end: line.end };
  };

  return {
    push: split.push,
    next: () => {
      if (fault) return undefined;
      try {
        for (;;) {
          const line = split.next();
          const event = line && read(line);
          if (event || !line) return event;
        }
      } catch (error) {
        fault = error as FlaxenError;
        return undefined;
      }
    },
    get fault() {
      return fault;
    },
  };
};

/** How many events a line holds: one, or a `step` for each row of a columnar batch. */
export const eventCount = (content: Content): number => (content.type === "steps" ? content.count : 1);

export const eventAt = (content: Content, row: number): Event => {
  if (content.type !== "steps") return content;
  const { run, attempt, seq, t, m, first, metrics, lane } = content;
  const values: Record<string, number> = {};
  for (const name in metrics) values[name] = metrics[name]![row]!;
  const step = { run, attempt, seq, t, m, type: "step" as const, step: first + row, metrics: values };
  return lane === undefined ? step : { ...step, lane };
};
