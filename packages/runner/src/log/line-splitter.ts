/** A whole line without its end, and the bytes that it takes up with it. */
export interface TextLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const newline = 10;
const none = new Uint8Array(0);

/**
 * Cuts a stream of bytes, in pieces of any size, into whole lines. A torn last line is kept until the rest of it comes.
 *
 * CR LF ends a line as LF does; bytes that are no UTF-8 become replacement characters.
 */
export const lineSplitter = (offset: number) => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let torn: Uint8Array = none;
  let start = offset;

  return (bytes: Uint8Array): TextLine[] => {
    const last = bytes.lastIndexOf(newline);
    if (last === -1) {
      torn = torn.length === 0 ? bytes.slice() : join(torn, bytes);
      return [];
    }
    const whole = join(torn, bytes.subarray(0, last + 1));
    torn = bytes.slice(last + 1);
    const lines = cut(whole, start, decoder);
    start += whole.length;
    return lines;
  };
};

const cut = (whole: Uint8Array, start: number, decoder: InstanceType<typeof TextDecoder>): TextLine[] => {
  const text = decoder.decode(whole);
  // With one character a byte, places in the text are places in the bytes: one decoding serves all lines.
  const ascii = text.length === whole.length;
  const lines: TextLine[] = [];
  for (let at = 0; at < whole.length; ) {
    const end = ascii ? text.indexOf("\n", at) : whole.indexOf(newline, at);
    const line = ascii ? text.slice(at, end) : decoder.decode(whole.subarray(at, end));
    lines.push({ text: line.endsWith("\r") ? line.slice(0, -1) : line, start: start + at, end: start + end + 1 });
    at = end + 1;
  }
  return lines;
};

const join = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
};
