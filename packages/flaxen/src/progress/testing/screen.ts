const esc = "\x1b";
const tokens = new RegExp(`${esc}\\[[0-9;?]*[A-Za-z]|\\r\\n|[\\s\\S][^${esc}\\r\\n]*`, "g");

/** What a person sees after a terminal of so many columns has been sent this: its lines, without trailing blanks. */
export const seenAt = (columns: number, sent: string): readonly string[] => {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const put = (text: string, width: number) => {
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    lines[row] ??= [];
    lines[row]![column] = text;
    for (let more = 1; more < width; more++) lines[row]![column + more] = "";
    column += width;
  };
  for (const [token] of sent.matchAll(tokens)) {
    if (token === "\x1b[K") lines[row]?.splice(column);
    else if (/^.\[[0-9;]*m$/.test(token)) continue;
    else if (token.startsWith("\x1b")) throw new Error(`the terminal was sent ${JSON.stringify(token)}`);
    else
      for (const { segment } of graphemes.segment(token)) {
        if (segment === "\r") column = 0;
        else if (segment === "\n" || segment === "\r\n") {
          row += 1;
          column = 0;
          lines[row] ??= [];
        } else put(segment, /\p{Script=Han}|\p{Emoji_Presentation}/u.test(segment) ? 2 : 1);
      }
  }
  return Array.from(lines, (cells) =>
    Array.from(cells ?? [], (cell) => cell ?? " ")
      .join("")
      .trimEnd(),
  );
};
