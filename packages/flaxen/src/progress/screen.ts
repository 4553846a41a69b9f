import { clip, fit, harmless, type Part } from "./width.ts";

/** What a line says about the run, where colours are shown. */
export type Tone = "plain" | "good" | "warning" | "bad";

/** Lines that stay, and one that says how things stand. */
export interface Screen {
  line(text: string, tone?: Tone): void;
  status(parts: readonly Part[]): void;
  /** Takes the status away; the cursor stands at the beginning of an empty line then. */
  clear(): void;
}

export interface ScreenOptions {
  readonly write: (text: string) => void;
  readonly colored: boolean;
}

const colors = { plain: "", good: "\x1b[32m", warning: "\x1b[33m", bad: "\x1b[31m" } as const;
/** A terminal wraps longer lines; a build's log shows them. */
const longest = 2_000;
const erase = "\r\x1b[K";

const painted = (text: string, tone: Tone, colored: boolean): string => {
  const shown = clip(harmless(text), longest);
  return colored && tone !== "plain" ? `${colors[tone]}${shown}\x1b[39m` : shown;
};

/**
 * A terminal: the status is its last line, rewritten in place and always narrower than the window; lines go above it. The
 * cursor is never hidden and never leaves that line, so that there is nothing to restore when the process is killed.
 */
export const liveScreen = ({ write, colored, columns }: ScreenOptions & { columns: () => number }): Screen => {
  let parts: readonly Part[] = [];
  let shown = "";
  const drawn = (): string => {
    shown = fit(
      parts.map(({ text, rank }) => ({ text: harmless(text), rank })),
      columns() - 1,
    );
    return shown;
  };
  return {
    line: (text, tone = "plain") => write(`${shown === "" ? "" : erase}${painted(text, tone, colored)}\n${drawn()}`),
    status: (next) => {
      parts = next;
      const before = shown;
      if (drawn() !== before) write(`\r${shown}\x1b[K`);
    },
    clear: () => {
      if (shown !== "") write(erase);
      parts = [];
      shown = "";
    },
  };
};

/** A file, a pipe, a build's log: the status is a line like every other, unless nothing has changed. */
export const plainScreen = ({ write, colored }: ScreenOptions): Screen => {
  let shown = "";
  const line = (text: string, tone: Tone = "plain") => write(`${painted(text, tone, colored)}\n`);
  return {
    line,
    status: (parts) => {
      const text = fit(parts, longest);
      if (text !== shown && text !== "") line(text);
      shown = text;
    },
    clear: () => undefined,
  };
};
