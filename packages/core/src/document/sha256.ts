import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

interface Hash {
  update(data: Uint8Array): Hash;
  digest(encoding: "hex"): string;
}
interface Host {
  readonly process?: {
    readonly getBuiltinModule?: (name: "node:crypto") => { createHash(algorithm: "sha256"): Hash } | undefined;
  };
}

/** Node's and Deno's own is many times as fast; a browser has none that answers at once. */
const native = (globalThis as Host).process?.getBuiltinModule?.("node:crypto");

/** 64 hexadecimal digits of the SHA-256 of bytes, or of a text's UTF-8. */
export const sha256Hex = (data: Uint8Array | string): string => {
  const bytes = typeof data === "string" ? utf8ToBytes(data) : data;
  return native ? native.createHash("sha256").update(bytes).digest("hex") : bytesToHex(sha256(bytes));
};
