import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert, property, string, uint8Array } from "fast-check";
import { test } from "vitest";
import { sha256Hex } from "./sha256.ts";

test("Node's own hash and the one for browsers are the same", () => {
  assert(property(uint8Array(), (bytes) => sha256Hex(bytes) === bytesToHex(sha256(bytes))));
  assert(property(string({ unit: "binary" }), (text) => sha256Hex(text) === bytesToHex(sha256(utf8ToBytes(text)))));
});
