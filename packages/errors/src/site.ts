/** A place in the user's TypeScript; line and column count from 1. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** "src/digits.ts:14:6" */
export const showSite = ({ file, line, column }: Site): string => `${file}:${line}:${column}`;

interface V8Error {
  stackTraceLimit: number;
  captureStackTrace(target: object, below: unknown): void;
}

/**
 * Where `below` was called from: the first frame beneath it.
 *
 * Undefined where the engine keeps no such record.
 */
export const callSite = (below: (...args: never[]) => unknown): Site | undefined => {
  const engine = Error as unknown as Partial<V8Error>;
  if (!engine.captureStackTrace) return undefined;
  const limit = engine.stackTraceLimit;
  engine.stackTraceLimit = 1;
  const holder: { stack?: string } = {};
  engine.captureStackTrace(holder, below);
  const frame = holder.stack?.split("\n").at(-1);
  if (limit === undefined) delete engine.stackTraceLimit;
  else engine.stackTraceLimit = limit;
  return frame === undefined ? undefined : parseFrame(frame);
};

/** Reads "at name (file:///a/b.ts:3:7)" and "at /a/b.ts:3:7". */
export const parseFrame = (frame: string): Site | undefined => {
  const found = /\(?((?:file:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?$/.exec(frame.replace(/^\s*at (?:async )?/, ""));
  if (!found) return undefined;
  const [, path, line, column] = found as unknown as [string, string, string, string];
  return { file: plainPath(path.replace(/^[^(]*\(/, "")), line: Number(line), column: Number(column) };
};

const plainPath = (path: string): string =>
  path.startsWith("file://") ? decodeURIComponent(new URL(path).pathname) : path.replace(/\?.*$/, "");
