import { didYouMean } from "@flaxen/errors";
import { InputShapeError, InputTypeError, UnknownInputError } from "../errors/predict.ts";
import type { WireArray } from "./frames.ts";
import type { InputSpecification } from "./subject.ts";

/** What stands in a table's cell; null is missing. */
export type Cell = number | string | boolean | null;

/** One row of a table, column -> cell, as the file that was trained on has it. Other columns do not matter. */
export type TableRow = Readonly<Record<string, Cell | undefined>>;

/** The content of an image's file: PNG, JPEG and others. */
export interface ImageFile {
  readonly file: Uint8Array;
}

const isCell = (value: unknown): value is Cell =>
  value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number";

const anyCell = (value: unknown, test: (cell: unknown) => boolean): boolean =>
  Array.isArray(value) ? value.some((item) => anyCell(item, test)) : test(value);

/** Whether a feed is prepared as the table's rows were, rather than sent as numbers. */
export const isRaw = (value: unknown, { takes, columns }: InputSpecification): boolean => {
  if (takes === "text") return anyCell(value, (cell) => typeof cell === "string" || cell === null);
  if (takes === "categories") return Array.isArray(value) || isCell(value);
  if (takes !== "numbers") return false;
  // A single column needs no list for each row.
  if (columns?.length === 1 && (Array.isArray(value) ? !value.some(Array.isArray) : isCell(value))) return true;
  return anyCell(value, (cell) => cell === null || (isCell(cell) && !Number.isFinite(cell)));
};

/** Cells [rows][columns] of one row or a batch of rows. */
export const packCells = (value: unknown, specification: InputSpecification): readonly (readonly Cell[])[] => {
  const { name, columns = [name] } = specification;
  const several = columns.map((column) => `"${column}"`).join(", ");
  const wanted = `a value for ${several}, or a list of such rows`;
  const single = (cell: unknown): Cell => {
    if (isCell(cell)) return typeof cell === "number" && !Number.isFinite(cell) ? null : cell;
    throw new InputTypeError(specification, wanted, cell === undefined ? "undefined" : "an object");
  };
  if (!Array.isArray(value)) return [row([single(value)])];
  const nested = value.some(Array.isArray);
  if (columns.length === 1 && !nested) return value.map((cell) => [single(cell)]);
  return nested
    ? value.map((cells) => row(Array.isArray(cells) ? cells.map(single) : [single(cells)]))
    : [row(value.map(single))];

  function row(cells: readonly Cell[]): readonly Cell[] {
    if (cells.length === columns.length) return cells;
    throw new InputShapeError(specification, `[${columns.length}] for one row: ${several}`, `[${cells.length}]`);
  }
};

/** Whether rows of a table are given, rather than a feed for each input. */
export const areTableRows = (inputs: unknown): inputs is readonly TableRow[] =>
  Array.isArray(inputs) &&
  inputs.length > 0 &&
  inputs.every((row) => typeof row === "object" && row !== null && !Array.isArray(row) && !ArrayBuffer.isView(row));

/** Rows with the columns that the inputs read, and no others. */
export const packTableRows = (
  rows: readonly TableRow[],
  specifications: readonly InputSpecification[],
): readonly TableRow[] => {
  const { use = "predict" } = specifications[0] ?? {};
  const foreign = specifications.find(({ columns }) => columns === undefined);
  if (foreign)
    throw new UnknownInputError(
      `${use} takes rows of a table where the model was trained on one, but input "${foreign.name}" was not. Pass { ${specifications.map(({ name }) => `${name}: …`).join(", ")} }.`,
    );
  const columns = specifications.flatMap((one) => one.columns ?? []);
  return rows.map((row, at) =>
    Object.fromEntries(
      columns.map((column) => {
        const cell = row[column];
        if (cell === undefined)
          throw new UnknownInputError(`${use}: row ${at} has no "${column}".${didYouMean(column, Object.keys(row))}`);
        if (!isCell(cell))
          throw new InputTypeError({ name: column, use }, "a number, a string or null in each row", "an object");
        return [column, typeof cell === "number" && !Number.isFinite(cell) ? null : cell];
      }),
    ),
  );
};

const isFile = (value: unknown): value is ImageFile =>
  typeof value === "object" && value !== null && "file" in value && value.file instanceof Uint8Array;

/** The files that are fed, where it is files; undefined for numbers. */
export const filesOf = (value: unknown, { takes }: InputSpecification): readonly Uint8Array[] | undefined => {
  if (takes !== "image") return undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every(isFile) ? list.map(({ file }) => file) : undefined;
};

/** Files one after another. */
export const packFiles = (files: readonly Uint8Array[]): WireArray => {
  const bytes = new Uint8Array(files.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const file of files) {
    bytes.set(file, at);
    at += file.length;
  }
  return { dtype: "uint8", shape: [bytes.length], bytes };
};
