import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** `sha256:…` of an environment's name and of files, whatever the order of their names. */
export const programHash = (files: Readonly<Record<string, string>>, environment: string): string => {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return `sha256:${bytesToHex(sha256(utf8ToBytes(JSON.stringify([environment, sorted]))))}`;
};
