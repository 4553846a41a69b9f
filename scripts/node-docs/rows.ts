/** Letters of one colour. */
interface Run {
  /** k keyword, s text, n number, f function; "" else. */
  readonly kind: string;
  readonly text: string;
}

/** What stands in one row of a picture: a line of a program, or a part of one that is too long. */
export interface Row {
  /** The line, from 1 on. */
  readonly line: number;
  /** What stands before it: the line's number on its first row. */
  readonly number: number | undefined;
  /** Letters to the right. */
  readonly indent: number;
  readonly text: string;
  /** The place of its first letter in the program. */
  readonly start: number;
  /** Column of the line, from 1 on -> letter of the row. */
  readonly columns: ReadonlyMap<number, number>;
  readonly runs: readonly Run[];
}

const tokens = /("(?:\\.|[^"\\])*")|\b(import|from|const|type|new)\b|\b(\d[\w.]*(?:-\d+)?)|\b([A-Za-z]\w*)(?=\()/g;
const kinds = ["s", "k", "n", "f"];

const kindsIn = (line: string): readonly string[] => {
  const all: string[] = new Array(line.length).fill("");
  for (const { index, 0: text, ...groups } of line.matchAll(tokens)) {
    const kind = kinds.find((_, place) => groups[place + 1] !== undefined)!;
    all.fill(kind, index, index + text.length);
  }
  return all;
};

const runsIn = (text: string, colours: readonly string[]): readonly Run[] => {
  const runs: { kind: string; text: string }[] = [];
  for (const [place, one] of [...text].entries()) {
    const kind = colours[place]!;
    const last = runs.at(-1);
    if (last && (last.kind === kind || one === " ")) last.text += one;
    else runs.push({ kind, text: one });
  }
  return runs;
};

/** Where a text that is longer than its room is broken: behind a blank, or where the room ends. */
const breakOf = (text: string, room: number): number => {
  if (text.length <= room) return text.length;
  const blank = text.lastIndexOf(" ", room);
  return blank > room / 2 ? blank + 1 : room;
};

/** A program in rows of at most so many letters. */
export const rowsOf = (program: string, most: number): readonly Row[] => {
  const rows: Row[] = [];
  let start = 0;
  for (const [place, line] of program.split("\n").entries()) {
    const colours = kindsIn(line);
    const margin = line.length - line.trimStart().length;
    let at = margin;
    do {
      const first = at === margin;
      const indent = first ? margin : margin + 4;
      const end = at + breakOf(line.slice(at), most - indent);
      const text = line.slice(at, end).trimEnd();
      rows.push({
        line: place + 1,
        number: first ? place + 1 : undefined,
        indent,
        text,
        start: start + at,
        columns: new Map([...text].map((_, letter) => [at + letter + 1, letter])),
        runs: runsIn(text, colours.slice(at, end)),
      });
      at = end;
    } while (at < line.length);
    start += line.length + 1;
  }
  return rows;
};

/** A message in lines of at most so many letters; what is broken keeps its line's margin. */
export const wrap = (message: string, most: number): readonly string[] =>
  message.split("\n").flatMap((line) => {
    const margin = line.length - line.trimStart().length;
    const lines: string[] = [];
    for (let rest = line.trim(); rest.length > 0; ) {
      const end = breakOf(rest, most - margin);
      lines.push(" ".repeat(margin) + rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    return lines;
  });
