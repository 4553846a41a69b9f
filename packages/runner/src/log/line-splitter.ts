/** A whole line without its end, and the bytes that it takes up with it. */
export interface TextLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface LineSplitter {
  /** Takes the next bytes, cut anywhere. The lines before them must have been taken. */
  push(bytes: Uint8Array): void;
  /** The next whole line; undefined until more bytes come. */
  next(): TextLine | undefined;
}

const newline = 10;
const carriageReturn = "\r".charCodeAt(0);
/** Bytes that are decoded at once: few enough that the text is gone again before it counts as long-lived. */
const portion = 32 * 1024;
const none = new Uint8Array(0);

/**
 * Cuts a stream of bytes, in pieces of any size, into whole lines. A torn last line is kept until the rest of it comes.
 *
 * CR LF ends a line as LF does; bytes that are no UTF-8 become replacement characters.
 */
export const lineSplitter = (offset: number): LineSplitter => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let torn: Uint8Array = none;
  /** Whole lines but for the beginning of the first one, which came with an earlier piece. */
  let piece: Uint8Array = none;
  let beginning: Uint8Array = none;
  let decoded = 0;
  /** The lines that are decoded, the place of their first byte in the log, and where the next of them begins. */
  let whole: Uint8Array = none;
  let text = "";
  let start = offset;
  let at = 0;
  // With one character a byte, places in the text are places in the bytes: one decoding serves many lines.
  let ascii = true;

  const decodeMore = (): boolean => {
    if (decoded === piece.length) return false;
    const last = piece.lastIndexOf(newline, decoded + portion);
    const end = (last >= decoded ? last : piece.indexOf(newline, decoded + portion)) + 1;
    start += whole.length;
    whole = join(beginning, piece.subarray(decoded, end));
    beginning = none;
    decoded = end;
    at = 0;
    text = decoder.decode(whole);
    ascii = text.length === whole.length;
    return true;
  };

  return {
    push: (bytes) => {
      const end = bytes.lastIndexOf(newline) + 1;
      if (end > 0) beginning = torn;
      piece = bytes.subarray(0, end);
      decoded = 0;
      torn = end > 0 ? bytes.slice(end) : join(torn, bytes.slice());
    },
    next: () => {
      if (at === whole.length && !decodeMore()) return undefined;
      const from = at;
      const end = ascii ? text.indexOf("\n", from) : whole.indexOf(newline, from);
      const line = ascii ? text.slice(from, end) : decoder.decode(whole.subarray(from, end));
      at = end + 1;
      const bare = line.charCodeAt(line.length - 1) === carriageReturn ? line.slice(0, -1) : line;
      return { text: bare, start: start + from, end: start + at };
    },
  };
};

const join = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
};
