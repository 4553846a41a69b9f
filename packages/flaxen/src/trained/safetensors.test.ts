import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTensors } from "./safetensors.ts";

const file = async (bytes: Uint8Array) => {
  const path = join(await mkdtemp(join(tmpdir(), "flaxen-safetensors-")), "weights.safetensors");
  await writeFile(path, bytes);
  return path;
};
const withHeader = (header: string, data = 0) => {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
};

test("names, types and shapes come in the order of the data", async () => {
  const header = {
    "dense1/kernel": { dtype: "F32", shape: [4, 2], data_offsets: [8, 40] },
    __metadata__: { format: "np" },
    "dense1/bias": { dtype: "F32", shape: [2], data_offsets: [0, 8] },
  };
  expect(await readTensors(await file(withHeader(JSON.stringify(header), 40)))).toEqual([
    { name: "dense1/bias", dtype: "F32", shape: [2], bytes: 8 },
    { name: "dense1/kernel", dtype: "F32", shape: [4, 2], bytes: 32 },
  ]);
});

test.each([
  ["an empty file", new Uint8Array()],
  ["a text", new TextEncoder().encode("these are no weights at all")],
  ["a header that is no JSON", withHeader("{")],
  ["a header of another kind", withHeader('{"a":{"shape":[1]}}')],
])("%s is refused", async (_, bytes) => {
  await expect(readTensors(await file(bytes))).rejects.toMatchObject({ code: "wrong-format" });
});
