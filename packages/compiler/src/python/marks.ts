import type { SourceRange } from "@flaxen/runner";

/** Emitted files are ASCII, so private characters can carry, through any template, which node a text belongs to. */
const open = "\u{E000}";
const opened = "\u{E001}";
const close = "\u{E002}";
const pattern = /\uE000([^\uE001]*)\uE001|\uE002/g;

export const markStart = (node: string): string => `${open}${node}${opened}`;
export const markEnd: string = close;

/** Characters of a text that are marks. */
export const markLength = (text: string): number =>
  text === close || (text.startsWith(open) && text.endsWith(opened))
    ? text.length
    : text.includes(open) || text.includes(close)
      ? [...text.matchAll(pattern)].reduce((sum, found) => sum + found[0].length, 0)
      : 0;

interface Position {
  readonly line: number;
  readonly column: number;
}

const advance = ({ line, column }: Position, text: string): Position => {
  const breaks = text.split("\n");
  return breaks.length === 1
    ? { line, column: column + text.length }
    : { line: line + breaks.length - 1, column: breaks.at(-1)!.length };
};

/** Takes the marks out of a file: its text as written to disk, and the stretches that they enclosed. */
export const withoutMarks = (file: string, text: string): { text: string; ranges: readonly SourceRange[] } => {
  const ranges: SourceRange[] = [];
  const open: { node: string; start: Position }[] = [];
  let position: Position = { line: 1, column: 0 };
  let clean = "";
  let last = 0;
  const take = (piece: string) => {
    clean += piece;
    position = advance(position, piece);
  };
  for (const found of text.matchAll(pattern)) {
    take(text.slice(last, found.index));
    last = found.index + found[0].length;
    if (found[1] !== undefined) open.push({ node: found[1], start: position });
    else {
      const { node, start } = open.pop()!;
      ranges.push({ file, ...start, endLine: position.line, endColumn: position.column, node });
    }
  }
  take(text.slice(last));
  return { text: clean, ranges: ranges.sort((a, b) => a.line - b.line || a.column - b.column) };
};
