import { randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const base32 = (value: number, digits: number): string =>
  Array.from({ length: digits }, (_, place) => alphabet[Math.floor(value / 32 ** (digits - 1 - place)) % 32]).join("");

/** `r_` + time, so that runs sort as they were started, + chance. */
export const newRunId = (now = Date.now()): string =>
  `r_${base32(now, 9)}${[...randomBytes(7)].map((byte) => alphabet[byte % 32]).join("")}`;
