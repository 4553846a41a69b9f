import { type DataDocument, type Expectations, show, tableColumnNames } from "@flaxen/core";
import { emptyData, unequalRows, unknownColumn, wrongShape, wrongType } from "../errors/data.ts";
import { readCsvHeader } from "./csv.ts";
import { readableFile } from "./files.ts";
import { readIdxHeader } from "./idx.ts";

const setAside = ["validation", "test"] as const;
type SetAside = (typeof setAside)[number];
type Files = Readonly<Record<string, string>>;

/**
 * Opens the files that an experiment's data names and checks what their headers tell: columns, shapes, numbers of rows.
 * The rows themselves are checked by the run, before it compiles anything.
 */
export const checkFiles = async (
  { type, params }: DataDocument,
  expectations: Expectations,
  folder: string,
): Promise<void> => {
  if (type === "csv") await checkCsv(params as unknown as CsvParams, folder);
  if (type !== "idx") return;
  const { train, ...ways } = params as unknown as { readonly train: Files } & Partial<Record<SetAside, number | Files>>;
  await checkIdx("data.idx: train", train, expectations, folder);
  for (const option of setAside) {
    const files = ways[option];
    if (typeof files === "object") await checkIdx(`data.idx: ${option}`, files, expectations, folder);
  }
};

type CsvParams = Parameters<typeof tableColumnNames>[0] & { readonly path: string; readonly separator: string };

const checkCsv = async (params: CsvParams, folder: string): Promise<void> => {
  const { path, validation, test, separator, features, targets } = params;
  // Another file needs no column by which rows are set aside.
  const apart = [validation, test].filter((given) => typeof given === "string");
  for (const given of [path, ...apart]) {
    const file = await readableFile("data.csv", given, folder);
    const columns = await readCsvHeader(file, separator);
    for (const column of tableColumnNames(given === path ? params : { features, targets }))
      if (!columns.includes(column)) throw unknownColumn(file, column, columns);
  }
};

const checkIdx = async (use: string, files: Files, expectations: Expectations, folder: string): Promise<void> => {
  const rows: Record<string, number> = {};
  for (const [column, given] of Object.entries(files)) {
    const { shape, dtype } = await readIdxHeader(await readableFile(use, given, folder), use);
    const [count = 0, ...row] = shape;
    rows[column] = count;
    const expected = expectations[column];
    if (expected?.role === "input") {
      if (expected.dtype === "float" && dtype !== "uint8")
        throw wrongType(use, column, "bytes, which are pixels", dtype);
      const sizes = expected.shape.reduce((product: number, size) => product * Number(size), 1);
      if (row.reduce((product, size) => product * size, 1) !== sizes)
        throw wrongShape(use, column, show(expected.shape), show(row));
    } else if (expected && row.length > 0 && row.join() !== "1") throw wrongShape(use, column, "[]", show(row));
  }
  if (new Set(Object.values(rows)).size > 1) throw unequalRows(use, rows);
  if (Object.values(rows).includes(0)) throw emptyData(use, "a file");
};
