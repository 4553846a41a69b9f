import { FlaxenError } from "@flaxen/errors";
import { type Cursor, fromCursor } from "../log/cursor.ts";

/** Where a check found something else than was promised. */
export interface Place {
  readonly run: string;
  /** Behind the event that is meant. */
  readonly cursor?: Cursor | undefined;
}

/** A runner does not do what the suite promises of it. */
export class ConformanceError extends FlaxenError {
  static override readonly code = "conformance";
  readonly run: string;
  readonly expected: unknown;
  readonly found: unknown;

  /** @param what completes "Run r_… does not conform: " */
  constructor(
    { run, cursor }: Place,
    what: string,
    {
      expected,
      found,
      cause,
    }: { readonly expected?: unknown; readonly found?: unknown; readonly cause?: unknown } = {},
  ) {
    const differs =
      expected === undefined && found === undefined ? "" : ` Expected ${shown(expected)}, found ${shown(found)}.`;
    super(`Run ${run} does not conform: ${what}${cursor === undefined ? "" : ` ${whereOf(cursor)}`}.${differs}`, {
      cause,
    });
    this.run = run;
    this.expected = expected;
    this.found = found;
  }
}

/** "before byte 1042 of attempt 1 (cursor 1:1042:17)" */
const whereOf = (cursor: Cursor): string => {
  const { attempt, offset } = fromCursor(cursor);
  return `before byte ${offset} of attempt ${attempt} (cursor ${cursor})`;
};

/** JSON that also tells NaN, the infinities and -0 apart. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "number" && (!Number.isFinite(inner) || Object.is(inner, -0))
      ? `number ${Object.is(inner, -0) ? "-0" : inner}`
      : inner,
  );
  return text === undefined ? "nothing" : text.length > 600 ? `${text.slice(0, 600)}…` : text;
};
