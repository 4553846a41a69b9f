import { InvalidCursorError } from "../errors/log-errors.ts";

/** A place in a run's log: what comes next. */
export interface Position {
  readonly attempt: number;
  /** Byte at which the next line starts. */
  readonly offset: number;
  /** The `seq` that the next line carries. */
  readonly seq: number;
  /** How many events of the next line were delivered already: a columnar line holds many. */
  readonly delivered: number;
}

/** A place in a run's log as opaque text: keep it anywhere and go on from there. */
export type Cursor = string & { readonly __cursor: true };

export const beginning: Position = { attempt: 1, offset: 0, seq: 0, delivered: 0 };

export const toCursor = ({ attempt, offset, seq, delivered }: Position): Cursor =>
  `${attempt}:${offset}:${seq}${delivered === 0 ? "" : `:${delivered}`}` as Cursor;

/** @throws InvalidCursorError */
export const fromCursor = (cursor: string): Position => {
  const found = /^(\d{1,9}):(\d{1,15}):(\d{1,15})(?::(\d{1,9}))?$/.exec(cursor);
  if (!found || found[1] === "0") throw new InvalidCursorError(cursor);
  const [, attempt, offset, seq, delivered = 0] = found;
  return { attempt: Number(attempt), offset: Number(offset), seq: Number(seq), delivered: Number(delivered) };
};
