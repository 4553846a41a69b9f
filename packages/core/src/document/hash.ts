import { canonicalJson } from "./json.ts";
import { sha256Hex } from "./sha256.ts";

/** `sha256:…` of the canonical JSON: independent of the order of keys and of the machine. */
export const documentHash = (document: object): string => `sha256:${sha256Hex(canonicalJson(document))}`;

/** 64 hexadecimal digits of the bytes' SHA-256: the name of an asset. */
export const contentHash = (bytes: Uint8Array): string => sha256Hex(bytes);
