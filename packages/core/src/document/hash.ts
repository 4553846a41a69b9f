import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./json.ts";

/** `sha256:…` of the canonical JSON: independent of the order of keys and of the machine. */
export const documentHash = (document: object): string =>
  `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(document))))}`;

/** 64 hexadecimal digits of the bytes' SHA-256: the name of an asset. */
export const contentHash = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
