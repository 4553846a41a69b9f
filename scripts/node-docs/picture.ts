import { type Row, rowsOf, wrap } from "./rows.ts";
import type { Told } from "./told.ts";

const letter = 7.8;
const step = 20;
const width = 720;
const left = 44;
const edge = 12;
/** Letters in a row of code, and in one of a message. */
const columns = { code: 83, message: 80 } as const;

const plain = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const number = (value: number): string => String(Math.round(value * 10) / 10);

const light = [
  "text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre;fill:#1f2328}",
  "rect{fill:#fff;stroke:#d0d7de}",
  ".b,.o{fill:#f6f8fa}",
  ".k{fill:#00f}.s{fill:#a31515}.n{fill:#098658}.f{fill:#795e26}.m{fill:#6e7781}.r{fill:#d1242f}",
  "path{fill:none;stroke:#e51400}rect.w{fill:url(#w);stroke:none}",
];
const dark = [
  "text{fill:#d4d4d4}rect{fill:#1e1e1e;stroke:#454545}.b{fill:#2a2a2b}.o{fill:#111}",
  ".k{fill:#569cd6}.s{fill:#ce9178}.n{fill:#b5cea8}.f{fill:#dcdcaa}.m{fill:#8b949e}.r{fill:#ff7b72}path{stroke:#f14c4c}",
];
const style = `<style>${light.join("")}@media(prefers-color-scheme:dark){${dark.join("")}}</style>`;
const wave =
  '<pattern id="w" width="5.2" height="4" patternUnits="userSpaceOnUse"><path d="M-1.3 4.5 2.6 .6 6.5 4.5"/></pattern>';

/** Text that is as wide as its letters, whatever the font. */
const textAt = (x: number, y: number, letters: number, inner: string, kind = ""): string =>
  `<text${kind && ` class="${kind}"`} x="${number(x)}" y="${number(y)}" textLength="${number(letters * letter)}">${inner}</text>`;

const spans = (row: Row): string =>
  row.runs.map(({ kind, text }) => (kind ? `<tspan class="${kind}">${plain(text)}</tspan>` : plain(text))).join("");

interface Drawn {
  readonly svg: readonly string[];
  /** Where it ends. */
  readonly bottom: number;
}

/** Lines in a box, right of a place where they fit there. */
const boxOf = (lines: readonly string[], kind: string, wish: number, top: number): Drawn => {
  const wide = Math.max(...lines.map(({ length }) => length)) * letter + 2 * edge;
  const x = Math.max(edge, Math.min(wish, width - edge - wide));
  const texts = lines.map((line, place) => {
    const text = line.trimStart();
    const indent = (line.length - text.length) * letter;
    const y = top + 21 + place * step;
    const [, before = text, code] = kind === "b" ? (/^(.*?)(ts\(\d+\))$/.exec(text) ?? []) : [];
    const [, name, after] = kind === "o" ? (/^(\w*Error)(:.*)$/.exec(text) ?? []) : [];
    const marked = (part: string, colour: string) => `<tspan class="${colour}">${plain(part)}</tspan>`;
    const inner = name ? marked(name, "r") + plain(after!) : plain(before) + (code ? marked(code, "m") : "");
    return textAt(x + edge + indent, y, text.length, inner, text.startsWith("$ ") ? "m" : "");
  });
  const tall = lines.length * step + 12;
  const rect = `<rect class="${kind}" x="${number(x)}" y="${top}" width="${number(wide)}" height="${tall}" rx="4"/>`;
  return { svg: [rect, ...texts], bottom: top + tall };
};

/** The program with its numbers, and where the rows of each piece stand. */
const codeOf = (rows: readonly Row[], { marked, site }: Told): Drawn & { readonly at: number } => {
  const svg: string[] = [];
  let [y, at] = [8, left];
  for (const row of rows) {
    const x = left + row.indent * letter;
    const base = y + 15;
    if (row.number !== undefined) {
      const digits = String(row.number);
      svg.push(textAt(left - 12 - digits.length * letter, base, digits.length, digits, "m"));
    }
    if (row.text.length > 0) svg.push(textAt(x, base, row.text.length, spans(row)));
    for (const { start, length } of marked) {
      const [from, to] = [Math.max(start, row.start), Math.min(start + length, row.start + row.text.length)];
      if (from >= to) continue;
      const place = x + (from - row.start) * letter;
      if (from === start) at = place;
      svg.push(
        `<rect class="w" x="${number(place)}" y="${y + 20}" width="${number((to - from) * letter)}" height="4"/>`,
      );
    }
    y += step;
    if (marked.length === 0 && site?.line === row.line && row.columns.has(site.column)) {
      svg.push(textAt(x + row.columns.get(site.column)! * letter, y + 12, 1, "^", "r"));
      y += step - 4;
    }
  }
  return { svg, bottom: y, at };
};

/** What a picture shows, in one line: of the editor's words the sentence that Flaxen has put there. */
export const altOf = ({ program, marked, thrown = "" }: Told): string => {
  const [first] = marked;
  if (first === undefined) return `A terminal: ${thrown.split("\n")[0]}`;
  const [line] = first.message.split("\n") as [string];
  const sentence = /"((?:\\.|[^"\\])* (?:\\.|[^"\\])*)"'\.$/.exec(line)?.[1]?.replaceAll("\\", "") ?? line;
  return `${program.slice(first.start, first.start + first.length)} is underlined in red: ${sentence}`;
};

/** What a picture shows, in words. */
export const wordsOf = ({ program, marked, thrown }: Told): string => {
  const [first] = marked;
  if (first === undefined) return `A terminal, in which the program throws ${thrown}`;
  const underlined = program.slice(first.start, first.start + first.length);
  return `An editor, which underlines ${underlined} in red and says: ${first.message} ${first.code}`;
};

/**
 * A program as its writer sees it, as an SVG image: in an editor that underlines what is wrong and says why, or, where
 * only a run can know it, above the terminal. Readable on light and dark pages; refers to nothing outside.
 */
export const pictureOf = (name: string, told: Told): string => {
  const { program, marked, thrown } = told;
  const code = codeOf(rowsOf(program.trimEnd(), columns.code), told);
  const said =
    marked.length > 0
      ? marked.flatMap(({ message, code }) => wrap(`${message} ${code}`, columns.message))
      : ["$ node net.ts", ...wrap(thrown!, columns.message)];
  const box = boxOf(said, marked.length > 0 ? "b" : "o", marked.length > 0 ? code.at : left, code.bottom + 10);
  const height = box.bottom + 13;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" xml:space="preserve">`,
    `<title id="t">${name}: what a mistake looks like</title>`,
    `<desc id="d">${plain(wordsOf(told))}</desc>`,
    `${style}${wave}`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...code.svg,
    ...box.svg,
    "</svg>",
    "",
  ].join("\n");
};
