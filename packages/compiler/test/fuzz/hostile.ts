import type { Random } from "../../../core/test/random.ts";

/** What an attacker would like Python to run: the importing process counts the calls of `canary`. */
const payloads = [
  "canary()",
  "__import__('builtins').canary()",
  "eval('canary()')",
  "exec('canary()')",
  "open('canary','w')",
  "().__class__.__base__.__subclasses__()",
];

/** What could end a literal, a comment, a line or a template before it is over. */
const ends = [
  ...['"', "'", '"""', "'''", "\\", "\\\\", "\n", "\r", "\r\n", "\t", "\f", "\v", "\0", "\u0085", "\u2028", "\u2029"],
  ...[")", "]", "}", "):", ";", "#", ",", "=", " ", "`", "${", "{{", "}}", "<%", "%>", "<%~", "<%=", "{", "\x1b[31m"],
  ...["\\N{QUOTATION MARK}", "\\x22", "\\u0022", "\\", "\\\n", "f'{", "b'", "r'", '\\"', "*/", "-->", "</script>"],
];

/** Words that mean something to Python, to JavaScript, to a file system or to a model. */
const words = [
  ...[
    "eval",
    "exec",
    "import",
    "class",
    "lambda",
    "None",
    "True",
    "self",
    "hp",
    "train",
    "params",
    "nnx",
    "jnp",
    "ops",
  ],
  ...[
    "__init__",
    "__call__",
    "__class__",
    "__builtins__",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
  ],
  ...[
    "hasOwnProperty",
    "loss",
    "val",
    "rows",
    "batch",
    "sums",
    "model",
    "main",
    "type",
    "match",
    "case",
    "_",
    "__",
    "x",
  ],
  ...[
    "../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "C:\\Windows",
    "\\\\host\\share",
    "/dev/zero",
    "~/.ssh",
  ],
  ...[
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "CON",
    "nul",
    ".",
    "..",
    "...",
    "a/../b",
    "%2e%2e%2f",
    "$(canary)",
    "`canary`",
  ],
  ...[
    "ｅval",
    "ｃanary()",
    "ﬁlter",
    "pаrams",
    "naïve",
    "Ω",
    "ß",
    "İ",
    "ı",
    "𝐱",
    "日本",
    "😀",
    "e\u0301",
    "\u202Eevil",
    "\u200B",
  ],
  ...[
    "\u2066",
    "\uFEFF",
    "\uD800",
    "\uDFFF",
    "\u00AD",
    "１２",
    "²",
    "٣",
    "1e5",
    "NaN",
    "Infinity",
    "-0",
    "0x1F",
    "1_000",
    "''",
  ],
];

const anyCharacter = (random: Random): string =>
  String.fromCodePoint(random.between(0, random.pick([0x7f, 0xff, 0xffff, 0x10ffff])));

const part = (random: Random): string => {
  if (random.chance(0.1)) return anyCharacter(random);
  return random.pick(random.chance(0.25) ? payloads : random.chance(0.5) ? ends : words);
};

/** A string that was made to do harm. */
export const hostileString = (random: Random): string => {
  if (random.chance(0.004)) return random.pick(["a", '"', "\\", "😀", "("]).repeat(random.between(1_000, 20_000));
  const count = random.pick([1, 1, 2, 3, 4, 6]);
  return Array.from({ length: count }, () => part(random)).join("");
};

const extremes = [
  ...[
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    3,
    7,
    64,
    255,
    256,
    65_536,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    2 ** 53 + 2,
    2 ** 63,
  ],
  ...[1e16, 1e21, 1e-5, 1e-7, 1e-16, 0.1, 1 / 3, 123_456_789.123, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1e300, 1e300, 9.999999999999999e22],
];

/** A number at the edge of what a parameter, a double or a machine can hold. */
export const hostileNumber = (random: Random): number => {
  const number = random.pick(extremes);
  if (random.chance(0.6)) return number;
  return random.chance(0.5) ? number * random.between(-9, 9) : random.between(-1e6, 1e6) / 10 ** random.between(0, 12);
};

/** Anything that JSON, or a caller who passes no JSON, could put in a place. */
export const hostileValue = (random: Random, depth = 0): unknown => {
  const kind = random.between(0, depth > 3 ? 3 : 7);
  if (kind === 0) return hostileNumber(random);
  if (kind <= 2) return hostileString(random);
  if (kind === 3) return random.pick([null, true, false, undefined, "", [], {}]);
  if (kind <= 5) return Array.from({ length: random.between(0, 4) }, () => hostileValue(random, depth + 1));
  const entries = Array.from({ length: random.between(0, 3) }, () => [
    hostileString(random),
    hostileValue(random, depth + 1),
  ]);
  return Object.fromEntries(entries);
};
