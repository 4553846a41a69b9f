import { FlaxenError } from "@flaxen/errors";

/** The text is no cursor that a run gave out. */
export class InvalidCursorError extends FlaxenError {
  static override readonly code = "invalid-cursor";

  constructor(cursor: string) {
    super(
      `"${cursor}" is no place in a run's log. Pass a cursor as a run gave it out, or none to read from the first event.`,
    );
  }
}

export interface StreamGap {
  readonly attempt: number;
  /** Byte at which the expected line should have stood. */
  readonly offset: number;
  readonly expected: number;
  /** The `seq` that stood there instead. */
  readonly found: number;
}

/** Events are missing from the log: lines were deleted or the file was cut. Raised after a second reading. */
export class StreamGapError extends FlaxenError {
  static override readonly code = "stream-gap";
  readonly gap: StreamGap;

  constructor(gap: StreamGap) {
    super(
      `The log of attempt ${gap.attempt} has a hole: event ${gap.expected} was expected where event ${gap.found} stands, ` +
        `at byte ${gap.offset}. The log was changed after it was written; the events before the hole are whole.`,
    );
    this.gap = gap;
  }
}

/** The log is shorter than what was read of it before. It is never read again from the start. */
export class LogTruncatedError extends FlaxenError {
  static override readonly code = "log-truncated";

  constructor(read: number, size: number) {
    super(
      `The run's log holds ${size} bytes, but ${read} were read of it before. Something cut the file; ` +
        "the events up to there were delivered and are whole.",
    );
  }
}

/** A whole line of the log that is no event: not JSON, or an event's fields with wrong values. */
export class MalformedEventError extends FlaxenError {
  static override readonly code = "malformed-event";
  readonly offset: number;

  constructor(offset: number, line: string, why: string, cause?: unknown) {
    const shown = line.length > 200 ? `${line.slice(0, 200)}…` : line;
    super(`The line at byte ${offset} of the run's log is no event: ${why}. It reads: ${shown}`, { cause });
    this.offset = offset;
  }
}

/** The log was written by another generation of Flaxen. */
export class UnknownEventVersionError extends FlaxenError {
  static override readonly code = "unknown-event-version";
  readonly version: unknown;

  constructor(version: unknown) {
    super(
      `The run's log holds events of version ${JSON.stringify(version) ?? "none"}; this version of Flaxen reads version 1. ` +
        "Read the run with the version that made it, or update Flaxen.",
    );
    this.version = version;
  }
}
