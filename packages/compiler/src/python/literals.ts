const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const hexadecimal = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

const escaped = (character: string): string => {
  const known = escapes[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return character;
  if (code < 0x100) return `\\x${hexadecimal(code, 2)}`;
  return code < 0x10000 ? `\\u${hexadecimal(code, 4)}` : `\\U${hexadecimal(code, 8)}`;
};

const count = (text: string, character: string): number => text.split(character).length - 1;

/** A Python string literal in ASCII only; quoted as `ruff format` prefers: double, unless that needs more escapes. */
export const stringLiteral = (text: string): string => {
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  const body = [...text].map((character) => (character === quote ? `\\${quote}` : escaped(character)));
  return `${quote}${body.join("")}${quote}`;
};

/**
 * A Python float literal that reads back as the same double: `1.0`, `0.001`, `1e-5`.
 *
 * Only for finite numbers that are not negative; the tree writes signs as operators and the rest as calls.
 */
export const floatLiteral = (value: number): string => {
  const plain = String(value);
  if (value !== 0 && (value < 1e-3 || value >= 1e16)) {
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    return `${digits}e${Number(exponent)}`;
  }
  return /[.e]/.test(plain) ? plain : `${plain}.0`;
};

/** What may stand in a comment: printable ASCII on one line; everything else becomes a space or "?". */
export const commentText = (text: string): string =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (/\s/u.test(character) || code < 0x20) return " ";
      return code < 0x7f ? character : "?";
    })
    .join("")
    .replace(/ +/g, " ")
    .trim();
