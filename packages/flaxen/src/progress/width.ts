import { stripVTControlCharacters } from "node:util";

/** A piece of a line; of those that do not fit, the one with the highest rank leaves first. */
export interface Part {
  readonly text: string;
  readonly rank: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const invisible = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]*$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]/u;
const narrow = /^[\uff65-\uffdc]/u;
const emoji = /^\p{Emoji_Presentation}|\ufe0f/u;

const columnsOf = (grapheme: string): number => {
  if (invisible.test(grapheme)) return 0;
  return emoji.test(grapheme) || (wide.test(grapheme) && !narrow.test(grapheme)) ? 2 : 1;
};

/** Columns that a terminal needs for a text without control characters. */
export const widthOf = (text: string): number => {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += columnsOf(segment);
  return columns;
};

/** Text that moves no cursor, sets no colour and stays on one line, whoever wrote it. */
export const harmless = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Control}\u2028\u2029]+/gu, " ");

/** The text, or its beginning and "…", in so many columns. */
export const clip = (text: string, columns: number): string => {
  if (widthOf(text) <= columns) return text;
  let clipped = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > columns - 1) break;
    clipped += segment;
  }
  return columns > 0 ? `${clipped}…` : "";
};

const gap = "  ";

/** The parts in one line of so many columns: whole ones as long as there is room for them. */
export const fit = (parts: readonly Part[], columns: number): string => {
  const line = parts.map(({ text }) => text).join(gap);
  if (parts.length < 2 || widthOf(line) <= columns) return clip(line, columns);
  const last = Math.max(...parts.map(({ rank }) => rank));
  const at = parts.findLastIndex(({ rank }) => rank === last);
  return fit(parts.toSpliced(at, 1), columns);
};
